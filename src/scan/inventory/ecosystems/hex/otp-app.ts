import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/** The applications of Erlang/OTP itself, of today and since it was opened ("OTP application reference"). */
const ofOtp = new Set(
  'asn1 common_test compiler cosEvent cosEventDomain cosFileTransfer cosNotification cosProperty cosTime cosTransactions crypto debugger dialyzer diameter edoc eldap erl_docgen erl_interface erts et eunit ftp gs hipe ic inets jinterface kernel megaco mnesia observer odbc orber os_mon otp_mibs parsetools percept public_key reltool runtime_tools sasl snmp ssh ssl stdlib syntax_tools test_server tftp tools typer webtool wx xmerl'.split(
    ' ',
  ),
)

/**
 * Installed applications of Erlang/OTP and of releases: `NAME-VERSION/ebin/NAME.app`, the Erlang term `{application, NAME, [{vsn, "VERSION"}, …]}`. What is part
 * of OTP itself is `pkg:otp`, not of Hex.
 */
export const otpApp: Extractor = {
  id: 'otp-app',
  revision: 2,
  stage: 'installed',
  patterns: [{ extension: '.app', where: ({ path }) => /(?:^|\/)ebin\/[^/]+\.app$/.test(path) }],
  maxBytes: 4 * 1024 * 1024,
  parse: file => {
    const text = file.text()
    const name = /\{\s{0,20}application\s{0,20},\s{0,20}'?([A-Za-z][\w@.-]{0,100})'?\s{0,20},/.exec(text)?.[1]
    const version = /\{\s{0,20}vsn\s{0,20},\s{0,20}"([^"\n]{1,100})"/.exec(text)?.[1]
    if (!name || !version) return undefined
    const found: FoundPackage = { name, version }
    return [ofOtp.has(name) ? { ...found, type: 'otp' } : found]
  },
}
