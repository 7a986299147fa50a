/**
 * Famous vulnerabilities of language packages, from public advisories. A line: package | ids, the best known first | severity | CVSS or - | affected | what it is.
 * Affected: `FROM..BEFORE` (either end may be left out), `FROM..=LAST`, `=EXACT`.
 */
export const languageRows: Record<string, string> = {
  npm: `
lodash | CVE-2021-23337 GHSA-35jh-r3h4-6jhm | HIGH | CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H | ..4.17.21 | Command injection in template
lodash | CVE-2019-10744 GHSA-jf85-cpcp-j695 | CRITICAL | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:H | ..4.17.12 | Prototype pollution in defaultsDeep
lodash | CVE-2018-16487 GHSA-4xc9-xhrj-v574 | HIGH | - | ..4.17.11 | Prototype pollution in merge
lodash | CVE-2018-3721 GHSA-fvqr-27wr-82fm | MEDIUM | - | ..4.17.5 | Prototype pollution in defaultsDeep and merge
minimist | CVE-2021-44906 GHSA-xvch-5gv4-984h | CRITICAL | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H | ..0.2.4 1.0.0..1.2.6 | Prototype pollution
minimist | CVE-2020-7598 GHSA-vh95-rmgr-6w4m | MEDIUM | - | ..0.2.1 1.0.0..1.2.3 | Prototype pollution
event-stream | GHSA-mh6f-8j2x-4483 | CRITICAL | - | =3.3.6 | Malicious dependency flatmap-stream
flatmap-stream | GHSA-9x64-5r7x-2q53 | CRITICAL | - | .. | Malicious code that stole bitcoin wallets
ua-parser-js | GHSA-pjwm-rvh2-c87w | CRITICAL | - | =0.7.29 =0.8.0 =1.0.0 | Malicious versions by a hijacked account
axios | CVE-2025-27152 GHSA-jr5f-v2jv-69x6 | HIGH | - | ..0.30.0 1.0.0..1.8.2 | Absolute addresses escape baseURL
axios | CVE-2023-45857 GHSA-wf5p-g6vw-rhxx | MEDIUM | CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:N/A:N | 0.8.1..0.28.0 1.0.0..1.6.0 | XSRF token is sent to other hosts
axios | CVE-2021-3749 GHSA-cph5-m8f7-6c5x | HIGH | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H | ..0.21.2 | Denial of service by a regular expression
axios | CVE-2020-28168 GHSA-4w2v-q235-vp99 | MEDIUM | - | ..0.21.1 | Redirects escape the proxy
node-fetch | CVE-2022-0235 GHSA-r683-j2x4-v87g | HIGH | - | ..2.6.7 3.0.0..3.1.1 | Secure headers are sent to other hosts
follow-redirects | CVE-2023-26159 GHSA-jchw-25xp-jwwc | MEDIUM | - | ..1.15.4 | Host names are parsed wrongly
ws | CVE-2024-37890 GHSA-3h5v-q93c-6h6q | HIGH | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H | 2.1.0..5.2.4 6.0.0..6.2.3 7.0.0..7.5.10 8.0.0..8.17.1 | Denial of service by many headers
express | CVE-2024-29041 GHSA-rv95-896h-c2vc | MEDIUM | CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N | ..4.19.2 5.0.0-alpha.1..5.0.0-beta.3 | Open redirect by malformed addresses
qs | CVE-2022-24999 GHSA-hrpp-h998-j3pp | HIGH | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H | ..6.2.4 6.3.0..6.3.3 6.4.0..6.4.1 6.5.0..6.5.3 6.6.0..6.6.1 6.7.0..6.7.3 6.8.0..6.8.3 6.9.0..6.9.7 6.10.0..6.10.3 | Prototype pollution that hangs the process
json5 | CVE-2022-46175 GHSA-9c47-m6qq-7p4h | HIGH | - | ..1.0.2 2.0.0..2.2.2 | Prototype pollution in parse
semver | CVE-2022-25883 GHSA-c2qf-rxjj-qqgw | HIGH | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H | ..5.7.2 6.0.0..6.3.1 7.0.0..7.5.2 | Denial of service by a regular expression
braces | CVE-2024-4068 GHSA-grv7-fg5c-xmjg | HIGH | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H | ..3.0.3 | Memory exhaustion by unbalanced braces
tar | CVE-2021-32803 GHSA-r628-mhmh-qjhw | HIGH | - | 3.0.0..3.2.3 4.0.0..4.4.15 5.0.0..5.0.7 6.0.0..6.1.2 | Files written outside through links
tough-cookie | CVE-2023-26136 GHSA-72xf-g2v4-qvf3 | MEDIUM | - | ..4.1.3 | Prototype pollution
cross-spawn | CVE-2024-21538 GHSA-3xgq-45jq-v275 | HIGH | - | ..6.0.6 7.0.0..7.0.5 | Denial of service by a regular expression
path-to-regexp | CVE-2024-45296 GHSA-9wv6-86v2-598j | HIGH | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H | ..0.1.10 0.2.0..1.9.0 2.0.0..3.3.0 4.0.0..6.3.0 7.0.0..8.0.0 | Denial of service by backtracking
nth-check | CVE-2021-3803 GHSA-rp65-9cf3-cjxr | HIGH | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H | ..2.0.1 | Denial of service by a regular expression
glob-parent | CVE-2020-28469 GHSA-ww39-953v-wcq6 | HIGH | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H | ..5.1.2 | Denial of service by a regular expression
ansi-regex | CVE-2021-3807 GHSA-93q8-gq69-wqmw | HIGH | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H | 3.0.0..3.0.1 4.0.0..4.1.1 5.0.0..5.0.1 6.0.0..6.0.1 | Denial of service by a regular expression
handlebars | CVE-2021-23369 GHSA-f2jv-r9rf-7988 | CRITICAL | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H | ..4.7.7 | Code execution by crafted templates
ejs | CVE-2022-29078 GHSA-phwq-j96m-2c2q | CRITICAL | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H | ..3.1.7 | Code execution by template options
eslint-scope | GHSA-hxxf-q3w9-4xgw | CRITICAL | - | =3.7.2 | Malicious version that stole npm credentials`,
  PyPI: `
jinja2 | CVE-2024-56201 PYSEC-2026-1472 GHSA-gmj6-6f8f-6699 | HIGH | CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H | 3.0.0..3.1.5 | Sandbox break-out by a template's file name
jinja2 | CVE-2025-27516 PYSEC-2026-1471 GHSA-cpwx-vrp4-4pq7 | MEDIUM | CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N | ..3.1.6 | Sandbox break-out through the attr filter
jinja2 | CVE-2024-22195 PYSEC-2026-1473 GHSA-h5c8-rqwp-cp95 | MEDIUM | CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:L/I:L/A:N | ..3.1.3 | HTML attribute injection through xmlattr
jinja2 | CVE-2019-10906 PYSEC-2019-217 GHSA-462w-v97r-4m45 | HIGH | - | ..2.10.1 | Sandbox escape through str.format_map
django | CVE-2022-34265 PYSEC-2022-213 GHSA-p64x-8rxx-wf6q | CRITICAL | - | 3.2..3.2.14 4.0..4.0.6 | SQL injection through Trunc and Extract
django | CVE-2022-28346 PYSEC-2022-190 GHSA-2gwj-7jmv-h26r | CRITICAL | - | 4.0..4.0.4 3.2..3.2.13 2.2..2.2.28 | SQL injection through annotate, aggregate and extra
django | CVE-2021-35042 PYSEC-2021-109 GHSA-xpfp-f569-q3p2 | CRITICAL | - | 3.1..3.1.13 3.2..3.2.5 | SQL injection through order_by
django | CVE-2024-42005 PYSEC-2024-70 GHSA-pv4p-cwwg-4rph | CRITICAL | - | 5.0..5.0.8 4.2..4.2.15 | SQL injection through JSON field keys
django | CVE-2025-64459 PYSEC-2025-108 GHSA-frmv-pr5f-9mcr | CRITICAL | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N | 4.2..4.2.26 5.1..5.1.14 5.2..5.2.8 | SQL injection through _connector in QuerySet
requests | CVE-2018-18074 PYSEC-2018-28 GHSA-x84v-xcm2-53pg | HIGH | - | ..2.20.0 | Credentials are sent after a redirect to http
requests | CVE-2023-32681 PYSEC-2023-74 GHSA-j8r2-6x86-q33q | MEDIUM | - | 2.3.0..2.31.0 | Proxy-Authorization is sent to the destination
requests | CVE-2024-35195 PYSEC-2026-1873 GHSA-9wx4-h78v-vm56 | MEDIUM | CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:H/I:H/A:N | ..2.32.0 | verify=False sticks to the session
urllib3 | CVE-2023-43804 PYSEC-2023-192 GHSA-v845-jxx5-vc9f | HIGH | CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:N | 2.0.0..2.0.6 ..1.26.17 | Cookie header is kept on redirects to other hosts
urllib3 | CVE-2023-45803 PYSEC-2023-212 GHSA-g4mx-q9vg-27p4 | MEDIUM | CVSS:3.1/AV:A/AC:H/PR:H/UI:N/S:U/C:H/I:N/A:N | 2.0.0..2.0.7 ..1.26.18 | Request body is kept when a redirect changes the method
urllib3 | CVE-2021-28363 PYSEC-2021-59 GHSA-5phf-pp7p-vc2r | MEDIUM | - | 1.26.0..1.26.4 | HTTPS proxy certificates are not checked
urllib3 | CVE-2024-37891 PYSEC-2026-1995 GHSA-34jh-p97f-mpxf | MEDIUM | CVSS:3.1/AV:N/AC:H/PR:H/UI:N/S:U/C:H/I:N/A:N | ..1.26.19 2.0.0..2.2.2 | Proxy-Authorization is kept on redirects
pyyaml | CVE-2020-14343 PYSEC-2021-142 GHSA-8q59-q68h-6hv4 | CRITICAL | - | ..5.4 | Code execution by full_load
pyyaml | CVE-2017-18342 PYSEC-2018-49 GHSA-rprw-h62v-c2w7 | CRITICAL | - | ..5.1 | Code execution by load
pillow | CVE-2022-22817 PYSEC-2022-10 GHSA-8vj2-vxx3-667w | CRITICAL | - | ..9.0.0 | Code execution by ImageMath.eval
pillow | CVE-2023-50447 PYSEC-2026-457 GHSA-3f63-hfp8-52jq | HIGH | CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H | ..10.2.0 | Code execution by ImageMath.eval's environment
pillow | CVE-2023-4863 PYSEC-2026-1794 GHSA-j7hp-h8jx-5ppr | HIGH | CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H | ..10.0.1 | Out-of-bounds write in the bundled libwebp
flask | CVE-2023-30861 PYSEC-2023-62 GHSA-m2qf-hxjv-5gpq | HIGH | - | ..2.2.5 2.3.0..2.3.2 | Session cookies are cached by proxies
werkzeug | CVE-2023-25577 PYSEC-2023-58 GHSA-xg9f-g7g7-2323 | HIGH | - | ..2.2.3 | Denial of service by an unlimited number of form parts
werkzeug | CVE-2024-34069 PYSEC-2026-2043 GHSA-2g68-c3qc-8985 | HIGH | CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:H/I:H/A:H | ..3.0.3 | Code execution through the debugger
cryptography | CVE-2023-0286 PYSEC-2026-800 GHSA-x4qr-2fvf-3mr5 | HIGH | CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:N/A:H | 0.8.1..39.0.1 | Type confusion in the bundled OpenSSL
cryptography | CVE-2024-26130 PYSEC-2024-225 GHSA-6vqw-3v5j-54x4 | HIGH | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H | 38.0.0..42.0.4 | Crash in PKCS12 serialization
setuptools | CVE-2022-40897 PYSEC-2022-43012 GHSA-r9hx-vwmv-q579 | MEDIUM | - | ..65.5.1 | Denial of service by a regular expression
setuptools | CVE-2024-6345 PYSEC-2026-1918 GHSA-cx63-2mw6-8hw5 | HIGH | CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H | ..70.0.0 | Code execution through package addresses
setuptools | CVE-2025-47273 PYSEC-2025-49 GHSA-5rjg-fvgr-3xxf | HIGH | CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H | ..78.1.1 | Path traversal in PackageIndex
certifi | CVE-2023-37920 PYSEC-2023-135 GHSA-xqr8-7jwr-rhp7 | HIGH | - | 2015.4.28..2023.7.22 | Trusts the root certificates of e-Tugra
certifi | CVE-2024-39689 PYSEC-2024-230 GHSA-248v-346w-9cwc | HIGH | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:N | 2021.5.30..2024.7.4 | Trusts the root certificates of GLOBALTRUST
idna | CVE-2024-3651 PYSEC-2024-60 GHSA-jjg7-2v4v-x38h | HIGH | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H | 0.1..3.7 | Denial of service by crafted input to encode
aiohttp | CVE-2024-23334 PYSEC-2024-24 GHSA-5h86-8mv2-jq9f | HIGH | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N | 1.0.5..3.9.2 | Path traversal in static routes that follow links
gitpython | CVE-2022-24439 PYSEC-2022-42992 GHSA-hcpj-qp55-gfph | HIGH | - | ..3.1.30 | Code execution by clone addresses
paramiko | CVE-2023-48795 PYSEC-2026-1758 GHSA-45x7-px36-x8w8 | MEDIUM | CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:H/A:N | 2.5.0..3.4.0 | Terrapin: the start of an SSH connection can be cut`,
  Maven: `
org.apache.commons:commons-text | CVE-2022-42889 GHSA-599f-7c49-w659 | CRITICAL | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H | 1.5..1.10.0 | Text4Shell: code execution by string interpolation
org.apache.logging.log4j:log4j-core | CVE-2021-44228 GHSA-jfh8-c2jp-5v3q | CRITICAL | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H | 2.13.0..2.15.0 ..2.3.1 2.4..2.12.2 | Log4Shell: code execution by JNDI look-ups in logged text
com.fasterxml.jackson.core:jackson-databind | CVE-2017-7525 GHSA-qxxx-2pp7-5hmx | CRITICAL | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H | ..2.6.7.1 2.7.0..2.7.9.1 2.8.0..2.8.9 | Deserialization of untrusted data
com.fasterxml.jackson.core:jackson-databind | CVE-2020-36518 GHSA-57j2-w4cx-62h2 | HIGH | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H | 2.13.0..2.13.2.1 ..2.12.6.1 | Denial of service by deeply nested objects
com.fasterxml.jackson.core:jackson-databind | CVE-2022-42003 GHSA-jjjh-jjxp-wpff | HIGH | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H | 2.4.0-rc1..2.12.7.1 2.13.0..2.13.4.2 | Denial of service by deep wrapper arrays
com.fasterxml.jackson.core:jackson-databind | CVE-2020-25649 GHSA-288c-cq4h-88gq | HIGH | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:N | 2.6.0..2.6.7.4 2.7.0.0..2.9.10.7 2.10.0.0..2.10.5.1 | XML external entities are read
org.yaml:snakeyaml | CVE-2022-1471 GHSA-mjmj-j48q-9wg2 | HIGH | CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:L | ..2.0 | Code execution by deserialization in the default constructor
org.yaml:snakeyaml | CVE-2022-25857 GHSA-3mc7-4q67-w48m | HIGH | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H | ..1.31 | Denial of service by nested collections
io.netty:netty-codec | CVE-2021-37136 GHSA-grg4-wf29-r9vv | HIGH | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H | ..4.1.68.Final | Bzip2Decoder does not limit decompressed data
io.netty:netty-codec-http | CVE-2024-29025 GHSA-5jpm-x58v-624v | MEDIUM | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:L | ..4.1.108.Final | HttpPostRequestDecoder accumulates without limit
io.netty:netty-handler | CVE-2023-34462 GHSA-6mjq-h674-j845 | MEDIUM | CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:H | ..4.1.94.Final | SniHandler allocates 16 MB per handshake
commons-collections:commons-collections | CVE-2015-7501 GHSA-fjq5-5j5f-mvxh | CRITICAL | CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H | ..3.2.2 | Code execution by deserialization
org.apache.commons:commons-collections4 | CVE-2015-7501 GHSA-fjq5-5j5f-mvxh | CRITICAL | CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H | ..4.1 | Code execution by deserialization
commons-fileupload:commons-fileupload | CVE-2023-24998 GHSA-hfrx-6qgj-fp6c | HIGH | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H | ..1.5 | Denial of service by an unlimited number of parts
org.apache.tomcat.embed:tomcat-embed-core | CVE-2020-1938 GHSA-c9hw-wf7x-jp9j | CRITICAL | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H | 9.0.0..9.0.31 8.0.0..8.5.51 7.0.0..7.0.100 | Ghostcat: files read and executed through AJP
log4j:log4j | CVE-2019-17571 GHSA-2qrg-x229-3v8q | CRITICAL | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H | 1.2..=1.2.17 | SocketServer deserializes untrusted data
log4j:log4j | CVE-2021-4104 GHSA-fp5r-v3w9-4333 | HIGH | CVSS:3.1/AV:N/AC:H/PR:L/UI:N/S:U/C:H/I:H/A:H | 1.2.0..=1.2.17 | JMSAppender deserializes untrusted data
org.apache.httpcomponents:httpclient | CVE-2020-13956 GHSA-7r82-7xv7-xcpj | MEDIUM | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:L/A:N | ..4.5.13 5.0.0..5.0.3 | Malformed authority is sent to the wrong host
commons-io:commons-io | CVE-2021-29425 GHSA-gwrp-pvrq-jmwv | MEDIUM | CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:L/A:N | ..2.7 | Path traversal in FileNameUtils.normalize
org.apache.logging.log4j:log4j-core | CVE-2021-45046 GHSA-7rjr-3q55-vv33 | CRITICAL | CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:C/C:H/I:H/A:H | 2.0-beta9..2.3.1 2.4..2.12.2 2.13.0..2.16.0 | Log4Shell's first fix is incomplete
org.apache.logging.log4j:log4j-core | CVE-2021-45105 GHSA-p6xc-xr62-6r2g | HIGH | CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:H | 2.0-beta9..2.3.1 2.4..2.12.3 2.13.0..2.17.0 | Infinite recursion in look-ups
org.apache.logging.log4j:log4j-core | CVE-2021-44832 GHSA-8489-44mv-ggj8 | MEDIUM | CVSS:3.1/AV:N/AC:H/PR:H/UI:N/S:U/C:H/I:H/A:H | 2.0-beta7..2.3.2 2.4..2.12.4 2.13.0..2.17.1 | Code execution by a JDBC appender's configuration
org.springframework:spring-beans | CVE-2022-22965 GHSA-36p3-wjmg-h94x | CRITICAL | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H | ..5.2.20.RELEASE 5.3.0..5.3.18 | Spring4Shell: code execution by data binding
org.springframework.cloud:spring-cloud-function-context | CVE-2022-22963 GHSA-6v73-fgf6-w5j7 | CRITICAL | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H | ..3.1.7 3.2.0..3.2.3 | Code execution by a routing expression
org.apache.struts:struts2-core | CVE-2017-5638 GHSA-j77q-2qqg-6989 | CRITICAL | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H | 2.3.5..2.3.32 2.5..2.5.10.1 | Code execution by the Content-Type header (Jakarta multipart parser)
org.apache.struts:struts2-core | CVE-2018-11776 GHSA-cr6j-3jp9-rw65 | HIGH | CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H | 2.3..2.3.35 2.5..2.5.17 | Code execution by namespaces
org.apache.struts:struts2-core | CVE-2023-50164 GHSA-2j39-qcjm-428w | CRITICAL | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H | 2.0.0..2.5.33 6.0.0..6.3.0.2 | Path traversal in file uploads
com.h2database:h2 | CVE-2021-42392 GHSA-h376-j262-vhq6 | CRITICAL | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H | 1.1.100..2.0.206 | Code execution by JNDI in the console
com.h2database:h2 | CVE-2022-23221 GHSA-45hx-wfhj-473x | CRITICAL | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H | 1.1.100..2.1.210 | Code execution by a JDBC address in the console
org.postgresql:postgresql | CVE-2024-1597 GHSA-24rp-q3w6-vc56 | CRITICAL | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H | ..42.2.28 42.3.0..42.3.9 42.4.0..42.4.4 42.5.0..42.5.5 42.6.0..42.6.1 42.7.0..42.7.2 | SQL injection in the simple query mode
org.apache.activemq:activemq-client | CVE-2023-46604 GHSA-crg9-44h2-xw35 | CRITICAL | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H | ..5.15.16 5.16.0..5.16.7 5.17.0..5.17.6 5.18.0..5.18.3 | Code execution by OpenWire
org.apache.tomcat.embed:tomcat-embed-core | CVE-2025-24813 GHSA-83qj-6fr2-vhqg | CRITICAL | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H | 9.0.0-M1..9.0.99 10.1.0-M1..10.1.35 11.0.0-M1..11.0.3 | Code execution by partial PUT
com.thoughtworks.xstream:xstream | CVE-2021-39144 GHSA-j9h8-phrw-h4fh | HIGH | CVSS:3.1/AV:N/AC:H/PR:L/UI:N/S:C/C:H/I:H/A:H | ..1.4.18 | Code execution by deserialization
com.alibaba:fastjson | CVE-2022-25845 GHSA-pv7h-hx5h-mgfj | HIGH | CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H | ..1.2.83 | autoType restrictions can be bypassed`,
  Go: `
golang.org/x/net | CVE-2022-41723 GO-2023-1571 GHSA-vvpx-j8f3-3w6h | HIGH | - | ..0.7.0 | Denial of service by crafted HTTP/2 headers
stdlib | CVE-2022-41723 GO-2023-1571 GHSA-vvpx-j8f3-3w6h | HIGH | - | ..1.19.6 1.20.0-0..1.20.1 | Denial of service by crafted HTTP/2 headers
golang.org/x/net | CVE-2023-39325 GO-2023-2102 GHSA-4374-p667-p6c8 | HIGH | - | ..0.17.0 | HTTP/2 rapid reset
stdlib | CVE-2023-39325 GO-2023-2102 GHSA-4374-p667-p6c8 | HIGH | - | ..1.20.10 1.21.0-0..1.21.3 | HTTP/2 rapid reset
golang.org/x/net | CVE-2023-45288 GO-2024-2687 GHSA-4v7x-pqxf-cx7m | HIGH | - | ..0.23.0 | HTTP/2 CONTINUATION flood
stdlib | CVE-2023-45288 GO-2024-2687 GHSA-4v7x-pqxf-cx7m | HIGH | - | ..1.21.9 1.22.0-0..1.22.2 | HTTP/2 CONTINUATION flood
golang.org/x/net | CVE-2024-45338 GO-2024-3333 GHSA-w32m-9786-jp63 | HIGH | - | ..0.33.0 | Non-linear parsing of HTML
golang.org/x/crypto | CVE-2024-45337 GO-2024-3321 GHSA-v778-237x-gjrc | HIGH | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N | ..0.31.0 | Authorization by the wrong public key in ssh
golang.org/x/crypto | CVE-2023-48795 GO-2023-2402 GHSA-45x7-px36-x8w8 | MEDIUM | - | ..0.17.0 | Terrapin: the start of an SSH connection can be cut
golang.org/x/crypto | CVE-2025-22869 GO-2025-3487 | HIGH | - | ..0.35.0 | Denial of service by slow SSH key exchange
golang.org/x/text | CVE-2022-32149 GO-2022-1059 GHSA-69ch-w2m2-3vjp | HIGH | - | ..0.3.8 | Denial of service by Accept-Language
stdlib | CVE-2024-24790 GO-2024-2887 | CRITICAL | - | ..1.21.11 1.22.0-0..1.22.4 | IPv4-mapped addresses are not recognised as private
stdlib | CVE-2023-24540 GO-2023-1752 | CRITICAL | - | ..1.19.9 1.20.0-0..1.20.4 | html/template does not see all white space
stdlib | CVE-2024-34156 GO-2024-3106 | HIGH | - | ..1.22.7 1.23.0-0..1.23.1 | Stack exhaustion in encoding/gob
github.com/gogo/protobuf | CVE-2021-3121 GO-2021-0053 GHSA-c3h9-896r-86jm | HIGH | - | ..1.3.2 | Out-of-bounds access when unmarshalling
gopkg.in/yaml.v3 | CVE-2022-28948 GO-2022-0603 GHSA-hp87-p4gw-j4gq | HIGH | - | ..3.0.0-20220521103104-8f96da9f5d5e | Panic on crafted input
github.com/dgrijalva/jwt-go | CVE-2020-26160 GO-2020-0017 GHSA-w73w-5m7g-f7qc | HIGH | - | 0.0.0-20150717181359-44718f8a89b0.. | Audience is not checked
github.com/opencontainers/runc | CVE-2024-21626 GO-2024-2491 GHSA-xr7r-f8xq-vfvv | HIGH | - | 1.0.0-rc93..1.1.12 | Leaky Vessels: container break-out through a leaked descriptor
github.com/opencontainers/runc | CVE-2021-30465 GO-2022-0914 GHSA-c3xm-pvg7-gh7r | HIGH | - | ..1.0.0-rc95 | Container break-out by symlink exchange
github.com/containerd/containerd | CVE-2022-23648 GO-2022-0344 GHSA-crp2-qrr5-8pq7 | HIGH | - | ..1.4.13 1.5.0..1.5.10 1.6.0..1.6.1 | Host files read through crafted images
github.com/docker/docker | CVE-2024-41110 GO-2024-3005 | CRITICAL | - | 20.10.0+incompatible..25.0.6+incompatible 26.0.0+incompatible..26.1.5+incompatible 27.0.0+incompatible..27.1.1+incompatible | Authorization plug-ins see no body
github.com/moby/buildkit | CVE-2024-23651 GO-2024-2493 GHSA-m3r6-h7wv-7xxv | HIGH | - | ..0.12.5 | Host files read by racing cache mounts
google.golang.org/protobuf | CVE-2024-24786 GO-2024-2611 GHSA-8r3f-844c-mc37 | MEDIUM | - | ..1.33.0 | Infinite loop in JSON unmarshalling
github.com/prometheus/client_golang | CVE-2022-21698 GO-2022-0322 GHSA-cg3q-j54f-5p7p | HIGH | - | ..1.11.1 | Memory grows with unknown HTTP methods`,
  'crates.io': `
time | CVE-2020-26235 RUSTSEC-2020-0071 GHSA-wcg3-cvx6-7396 | MEDIUM | CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H | ..0.2.0 0.2.1-0..0.2.1 0.2.2-0..0.2.2 0.2.3-0..0.2.3 0.2.4-0..0.2.4 0.2.5-0..0.2.5 0.2.6-0..0.2.6 0.2.7-0..0.2.23 | Segmentation fault when the environment changes
tokio | CVE-2021-45710 RUSTSEC-2021-0124 GHSA-fg7r-2g4j-5cgr | HIGH | - | 0.1.14..1.8.4 1.9.0..1.13.1 | Data race in oneshot channels
regex | CVE-2022-24713 RUSTSEC-2022-0013 GHSA-m5pq-gvj9-9vr8 | HIGH | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H | ..1.5.5 | Denial of service by empty repetitions
openssl-src | CVE-2022-3602 RUSTSEC-2022-0064 GHSA-8rwr-x37p-mx23 | HIGH | - | 300.0.0..300.0.11 | X.509 e-mail address buffer overflow
openssl-src | CVE-2023-0286 RUSTSEC-2023-0006 GHSA-x4qr-2fvf-3mr5 | HIGH | - | ..111.25.0 300.0.0..300.0.12 | X.400 address type confusion
h2 | CVE-2023-26964 RUSTSEC-2023-0034 GHSA-f8vr-r385-rh5r | HIGH | - | ..0.3.17 | Denial of service by reset streams
hyper | CVE-2021-32714 RUSTSEC-2021-0079 GHSA-5h46-h7hh-c6x9 | CRITICAL | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:H | ..0.14.10 | Request smuggling by Transfer-Encoding overflow
rustls | CVE-2024-32650 RUSTSEC-2024-0336 GHSA-6g7w-8wpp-frhj | HIGH | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H | ..0.21.11 0.22.0..0.22.4 0.23.0..0.23.5 | Infinite loop in complete_io
smallvec | CVE-2021-25900 RUSTSEC-2021-0003 GHSA-43w2-9j62-hq99 | CRITICAL | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H | 0.6.3..0.6.14 1.0.0..1.6.1 | Buffer overflow in insert_many`,
  RubyGems: `
activerecord | CVE-2022-32224 GHSA-3hhc-qp5v-9p2j | CRITICAL | - | ..5.2.8.1 6.0.0..6.0.5.1 6.1.0..6.1.6.1 7.0.0..7.0.3.1 | Code execution by serialized columns
activesupport | CVE-2020-8165 GHSA-2p68-f74v-9wc6 | CRITICAL | - | ..5.2.4.3 6.0.0..6.0.3.1 | Unmarshalling of user input in cache stores
activesupport | CVE-2023-22796 GHSA-j6gc-792m-qgm2 | HIGH | - | ..5.2.8 6.0.0..6.1.7.1 7.0.0..7.0.4.1 | Denial of service by a regular expression in underscore
actionview | CVE-2019-5418 GHSA-86g5-2wh3-gc9j | HIGH | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N | ..4.2.11.1 5.0.0..5.0.7.2 5.1.0..5.1.6.2 5.2.0..5.2.2.1 | Files disclosed by the Accept header
nokogiri | CVE-2022-29181 GHSA-xh29-r2w5-wx8m | HIGH | - | ..1.13.6 | Unexpected types in the SAX parser
nokogiri | CVE-2022-24836 GHSA-crjr-9rc5-ghw8 | HIGH | - | ..1.13.4 | Denial of service by a regular expression
rack | CVE-2022-30123 GHSA-wq4h-7r42-5hrr | CRITICAL | - | ..2.0.9.1 2.1.0..2.1.4.1 2.2.0..2.2.3.1 | Shell escape sequences in logs
rack | CVE-2022-44570 GHSA-65f5-mfpf-vfhj | HIGH | - | ..2.0.9.2 2.1.0..2.1.4.2 2.2.0..2.2.6.2 3.0.0..3.0.4.1 | Denial of service by range headers
rack | CVE-2023-27530 GHSA-3h57-hmj3-gj3p | HIGH | - | ..2.0.9.3 2.1.0..2.1.4.3 2.2.0..2.2.6.3 3.0.0..3.0.4.2 | Denial of service by multipart bodies
rack | CVE-2025-27610 GHSA-7wqh-767x-r66v | HIGH | - | ..2.2.13 3.0..3.0.14 3.1..3.1.12 | Files disclosed by Rack::Static
rexml | CVE-2024-49761 | HIGH | - | ..3.3.9 | Denial of service by character references
json | CVE-2020-10663 GHSA-jphg-qwrw-7w9g | HIGH | - | ..2.3.0 | Unsafe creation of objects
puma | CVE-2022-24790 GHSA-h99w-9q5r-gjq9 | CRITICAL | - | ..4.3.12 5.0.0..5.6.4 | Request smuggling
puma | CVE-2023-40175 GHSA-68xg-gqqm-vgj8 | MEDIUM | - | ..5.6.7 6.0.0..6.3.1 | Request smuggling
tzinfo | CVE-2022-31163 GHSA-5cm2-9h8c-rvfx | HIGH | - | ..0.3.61 1.0.0..1.2.10 | Path traversal loads files
addressable | CVE-2021-32740 GHSA-jxhc-q857-3j6g | HIGH | - | 2.3.0..2.8.0 | Denial of service by a regular expression
rest-client | CVE-2019-15224 GHSA-333g-rpr4-7hxq | CRITICAL | - | =1.6.10 =1.6.11 =1.6.12 =1.6.13 | Malicious versions by a hijacked account`,
  Packagist: `
guzzlehttp/guzzle | CVE-2022-29248 GHSA-cwmx-hcrq-mhc3 | HIGH | - | 4..6.5.6 7..7.4.3 | Cookies are set for other hosts
guzzlehttp/guzzle | CVE-2022-31090 GHSA-25mq-v84q-4j7r | HIGH | - | 4..6.5.8 7..7.4.5 | Credentials are kept on redirects to other hosts
guzzlehttp/psr7 | CVE-2023-29197 GHSA-wxmh-65f7-jcvw | HIGH | - | ..1.9.1 2..2.4.5 | Header injection by new lines
laravel/framework | CVE-2024-52301 GHSA-gv7v-rgg6-548h | HIGH | - | ..6.20.45 7.0.0..7.30.7 8.0.0..8.83.28 9.0.0..9.52.17 10.0.0..10.48.23 11.0.0..11.31.0 | The environment is chosen by the query
phpmailer/phpmailer | CVE-2016-10033 | CRITICAL | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H | 5.0.0..5.2.18 | Code execution by the sender's address
twig/twig | CVE-2022-39261 | HIGH | - | 1.0.0..1.44.7 2.0.0..2.15.3 3.0.0..3.4.3 | Templates loaded from outside the folder
twig/twig | CVE-2024-45411 | HIGH | - | 1.0.0..1.44.7 2.0.0..2.16.0 3.0.0..3.11.0 3.12.0..3.14.0 | Sandbox bypass
symfony/http-kernel | CVE-2022-24894 | MEDIUM | - | 2.0.0..4.4.50 5.0.0..5.4.20 6.0.0..6.0.20 6.1.0..6.1.12 6.2.0..6.2.6 | Cookies of others are cached
symfony/http-foundation | CVE-2024-50345 | LOW | - | 2.0.0..5.4.46 6.0.0..6.4.14 7.0.0..7.1.7 | Open redirect by control characters
facade/ignition | CVE-2021-3129 | CRITICAL | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H | ..1.16.14 2.0.0..2.4.2 2.5.0..2.5.2 | Code execution in Laravel's debug mode
phpunit/phpunit | CVE-2017-9841 | CRITICAL | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H | 4.8.19..4.8.28 5.0.10..5.6.3 | Code execution by eval-stdin.php
league/flysystem | CVE-2021-32708 GHSA-9f46-5r25-5wfm | CRITICAL | - | ..1.1.4 2.0.0..2.1.1 | White space removal races
drupal/core | CVE-2018-7600 | CRITICAL | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H | 7.0..7.58 8.0..8.3.9 8.4..8.4.6 8.5..8.5.1 | Drupalgeddon 2: code execution by form keys`,
  NuGet: `
Newtonsoft.Json | CVE-2024-21907 GHSA-5crp-9r3c-p9vr | HIGH | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H | ..13.0.1 | Stack overflow by deep nesting
System.Text.Json | CVE-2024-43485 GHSA-8g4q-xg66-9fp4 | HIGH | CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H | 6.0.0..6.0.10 8.0.0..8.0.5 | Denial of service by extension data
System.Text.Encodings.Web | CVE-2021-26701 GHSA-ghhp-997w-qr28 | CRITICAL | - | 4.0.0..4.5.1 4.6.0..4.7.2 5.0.0..5.0.1 | Code execution by how text is encoded
System.Text.RegularExpressions | CVE-2019-0820 | HIGH | - | 4.3.0..4.3.1 | Denial of service by regular expressions`,
}
