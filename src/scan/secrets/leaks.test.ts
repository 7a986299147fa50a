import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findSecrets } from './find.ts'

/** What large clean trees (a distribution's files, toolchains) hold that looked like a secret, and must not. */
const nothing: [path: string, text: string][] = [
  ['CoreList.pm', "'Test2::Event::Pass' => '1.302015',"],
  ['Result.pm', "last_pass_time => 'lastPassed2Time',"],
  ['FTP.pm', "$pass = 'anonymous@';"],
  ['RELEASE_NOTES', 'Promoted `--set-secrets`, `--update-secrets`, `--remove-secrets`'],
  ['completions/mvn', '"username= message= passphrase= password= revision= $(more)"'],
  ['handshake.go', '// readUint16LengthPrefixed acts like s.ReadUint16LengthPrefixed, but targets a'],
  ['generate.go', '"encryptionKey": "encryptionKey1024",'],
  ['exportdata.go', 'cmd.Env = append(os.Environ(), "PWD="+cmd.Dir, "GOROOT="+build.Default.GOROOT)'],
  ['go117.base64', `5zRKEEjYnJtIuqD0PkNxAE4L3cio${'kQ7vZp2LxW9sTb4N'.repeat(2)}FI7FJgskfMo8sHcV`],
  ['postgresql/15/main/postgresql.conf', '#password_encryption = scram-sha-256\t# scram-sha-256 or md5'],
  ['postgresql/15/main/pg_hba.conf', '# METHOD can be "trust", "reject", "md5", "password", "scram-sha-256",'],
  [
    'index.js',
    'exports.id_pkcs9_at_unstructuredAddress = exports.id_at_challengePassword = exports.id_pkcs9_ctype = 1',
  ],
  ['scroll.ts', "export const storageKey = 'tsr-scroll-restoration-v1_3'"],
  ['fast-check.js', 'const linkedInstance = safeObjectKeys[name][entityIndex];'],
  ['vault.js', 'r("Must be a valid uri like dotenv://:key_1234@dotenv.org/vault/.env.vault")'],
  ['yarn.cjs', 'new Set(["isTestEnv","injectNpmUser","injectNpmPassword","injectEnvironment1","zipData"])'],
  ['service.js', 'messages to the relative or absolute URL identified by `redirect1`.'],
  ['node.js', 'if (lastSignificantToken === "?InterpolationInTemplate") stack.push({'],
]

for (const [path, text] of nothing)
  test(`finds nothing in ${path}: ${text.slice(0, 60)}`, () =>
    assert.deepEqual(
      findSecrets(text, path).map(({ rule, match }) => `${rule}: ${match}`),
      [],
    ))
