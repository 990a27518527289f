import { type Properties } from '@lakehouse/formats';

/** How Hadoop reaches the object store; the container's environment says where it is. */
export const objectStoreProperties: Properties = {
  'fs.s3a.endpoint': '${env.S3_ENDPOINT}',
  'fs.s3a.endpoint.region': '${env.S3_REGION}',
  'fs.s3a.path.style.access': '${env.S3_PATH_STYLE}',
  'fs.s3a.aws.credentials.provider': 'org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider',
};

/** Where tables go that nobody gave a place; the pipeline gives each of its own. */
export const warehouse = 's3a://staging/warehouse';
