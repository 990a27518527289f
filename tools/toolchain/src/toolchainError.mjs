/** Something that keeps the toolchain from being prepared; `code` is documented in docs/problems.md. */
export class ToolchainError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   * @param {string} fix
   */
  constructor(code, message, fix) {
    super(message);
    this.code = code;
    this.fix = fix;
  }
}
