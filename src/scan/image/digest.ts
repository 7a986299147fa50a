/** `algorithm:hex`, the registered algorithms alone: nothing else may become a path. */
const digestForm = /^(?:sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128})$/

export function isDigest(text: unknown): text is string {
  return typeof text === 'string' && digestForm.test(text)
}
