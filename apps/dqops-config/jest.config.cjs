// The image has the Node that the S3 client asks for; on an older one it says so at each start.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

module.exports = require('../../jest.shared.cjs')(__dirname);
