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
  ['Form.java', 'form.setPassword("password"); label.setToken("access token");'],
  ['login.py', 'browser.login("user", "password")'],
  ['a.js', 'jwt.sign(payload, "your-secret-key-here")'],
  ['notes.txt', '비밀번호: 8자 이상, 암호를 입력하세요: password'],
  ['deploy.sh', 'echo "$PASSWORD" | docker login -u ci --password-stdin'],
  ['ssl/openssl.cnf', 'secret = pass:insta # can be used for both'],
  ['gsutil.json', '{"text": "- aws_secret_access_key: AWS_SECRET_ACCESS_KEY\\n- use_client: X"}'],
  ['service-2.json', '"pattern":"^arn:aws:secretsmanager:[a-z0-9-:]+:secret:ecr\\\\-pullthroughcache/[a-z]+$"'],
  ['paginators-1.json', '"output_token": "Jobs[-1].JobId"'],
  ['paginators-2.json', '"output_token": "StreamDescription.Shards[-1].ShardId"'],
  ['v1_volume.py', "'secret': 'V1SecretVolumeSource', 'service_account_token': 'V1ServiceAccountTokenProjection'"],
  ['creds.py', "config.get('Credentials', 'gs_oauth2_refresh_token'); STORAGE_V1_CLIENT_KEY = 'storage_v1_client'"],
  ['six.py', 'MovedAttribute("HTTPPasswordMgr", "urllib2", "urllib.request")'],
  ['nntplib.py', 'def __init__(self, host, port=NNTP_PORT, user=None, password=None,\n  readermode=None):'],
  ['proxy.py', 'def set_proxy(proxy_type=None, addr=None, username=None, password=None):'],
  ['flags.yaml', 'oidc_client_secret_value: &oidc_client_secret_value\n  api_field: x'],
  ['', 'password = os.environ["DB_PASSWORD"]'],
  ['', `SG.${'x'.repeat(22)}.${'x'.repeat(43)}`],
  ['', `AKIA${'X'.repeat(16)}`],
  ['', 'heroku_api_key = 00000000-0000-0000-0000-000000000000'],
  ['', `https://hooks.slack.com/services/T00000000/B00000000/${'X'.repeat(24)}`],
  ['secret.yaml', 'password: kubernetes.io/service-account-token'],
  ['style.py', 'Token.Comment: "italic #A3AAB2",'],
  ['stub.py', "access_token = 'InvalidToken:%s:%s' % (token, time.time())"],
  ['option.py', 'PASSPHRASE_OPTION = "--with_passphrase"'],
  ['mkall.sh', '--volume $(cd -- "$(dirname -- "$0")/.." && pwd):/build generate'],
  ['help.txt', '  -p, --password CONTRASEÑA     la contraseña nueva'],
  ['create.yaml', 'processor: command_lib.looker.instances_util:ParseToDateTypeV1Alpha'],
  ['node.js', 'if (lastSignificantToken === "?InterpolationInTemplate") stack.push({'],
]

const random = 'pZ8wQm3LkT7xVb2NcH5s'

/** Leaks as developers make them, beyond plain assignments. Values are made up. */
const shown: [path: string, text: string][] = [
  ['appsettings.json', '{"Smtp:Password": "Vn8#kq2Lw!"}'],
  ['app/client.py', 'ftp.login("backup", "Vn8#kq2Lw!")'],
  ['app/mail.py', 'smtp.login("noreply@corp.io", "vkqz nwpl xmet hrao")'],
  ['app/crypt.py', 'Fernet(b"zX3vB8nM2qW5eR7tY9uI1oP4aS6dF0gH-jK_lZxCvB8=")'],
  ['airflow.cfg', 'fernet_key = zX3vB8nM2qW5eR7tY9uI1oP4aS6dF0gH-jK_lZxCvB8='],
  ['main.go', `req.Header.Set("Authorization", "Bearer ${random}9aQz")`],
  ['main.go', `var jwtKey = []byte("${random}")`],
  ['Main.java', 'dataSource.setPassword("Vn8#kq2Lw!");'],
  ['Main.java', `builder.signWith(SignatureAlgorithm.HS256, "${random}${random}")`],
  ['build.gradle', "    storePassword 'Vn8#kq2Lw!'\n    keyAlias 'release'"],
  ['appsettings.json', `{"Jwt":{"Issuer":"x","Key":"${random}${random}"}}`],
  ['lib/api.rb', "basic_auth 'admin', 'Vn8#kq2Lw!'"],
  ['lib/config.js', "module.exports = { password: 'Vn8#kq2Lw!' }"],
  ['bin/deploy', 'PGPASSWORD="Vn8kq2Lw" psql -h db'],
  ['a.pl', 'my $dbh = DBI->connect("dbi:mysql:shop", "root", "Vn8kq2Lw!");'],
  ['main.rs', '.basic_auth("svc", Some("Vn8#kq2Lw!"))'],
  ['App.vue', `axios.defaults.headers.common['Authorization'] = 'Bearer ${random}9aQz'`],
  ['wifi.ino', '#define WIFI_PASSWORD "Vn8kq2Lw!"'],
  ['train.ipynb', `{"cells":[{"source":["api_key = \\"${random}\\"\\n"]}]}`],
  ['deploy.sh', 'export SONAR_LOGIN=9f3a7c1e5b8d2046af31c97e58b0d2649f3a7c1e'],
  ['deploy.sh', 'echo "Vn8#kq2Lw!" | docker login -u ci --password-stdin r.corp.io'],
  ['deploy.sh', 'useradd -m -p $(openssl passwd -1 Vn8kq2Lw) dev'],
  ['deploy.sh', 'az login --service-principal -u 1111 -p Vn8kq2LwZZ12 --tenant x'],
  ['.bash_history', 'sudo -S <<< Vn8kq2Lw apt update'],
  ['deploy.ps1', '$cred = ConvertTo-SecureString "Vn8#kq2Lw!" -AsPlainText -Force'],
  ['deploy.ps1', 'net use Z: \\\\srv\\share Vn8kq2Lw! /user:corp\\svc'],
  ['smb.credentials', 'username=x\npassword=Vn8kq2Lw\ndomain=corp'],
  ['etc/fstab', '//srv/share /mnt cifs username=svc,password=Vn8kq2Lw,uid=1000 0 0'],
  ['etc/ppp/chap-secrets', '"user@isp" * "Vn8kq2Lw" *'],
  ['etc/ipsec.secrets', '%any %any : PSK "Vn8kq2LwQmZ"'],
  ['sip.conf', '[100]\ntype=friend\nsecret=Vn8kq2Lw'],
  ['haproxy.cfg', 'userlist u\n  user admin insecure-password Vn8kq2Lw'],
  ['cloud-init.yml', 'chpasswd:\n  list: |\n    root:Vn8kq2Lw\n'],
  ['ks.cfg', 'rootpw --plaintext Vn8kq2Lw'],
  ['preseed.cfg', 'd-i passwd/root-password password Vn8kq2Lw'],
  ['unattend.xml', '<Password><Value>Vn8kq2Lw!</Value><PlainText>true</PlainText></Password>'],
  ['filezilla.xml', '<Pass encoding="base64">Vm44a3EyTHdaWg==</Pass>'],
  ['todo.txt', 'prod db pw: Vn8#kq2Lw!'],
  ['notes.txt', '운영 DB 비밀번호: Vn8#kq2Lw!'],
  ['config.yaml', '암호: "Vn8#kq2Lw!"'],
  ['collection.json', `{"key":"Authorization","value":"Bearer ${random}9aQz","type":"text"}`],
  ['environment.json', '{"key":"password","value":"Vn8#kq2Lw!","enabled":true}'],
  ['task.json', '{"environment":[{"name":"DB_PASSWORD","value":"Vn8kq2Lw"}]}'],
  ['stack.yaml', 'Parameters:\n  DbPassword:\n    Type: String\n    NoEcho: true\n    Default: Vn8kq2Lw99\n'],
]

for (const [path, text] of shown)
  test(`shows a secret in ${path}: ${text.slice(0, 60).replaceAll('\n', ' ')}`, () =>
    assert.ok(findSecrets(text, path).some(({ certainty }) => certainty === undefined)))

for (const [path, text] of nothing)
  test(`finds nothing in ${path}: ${text.slice(0, 60)}`, () =>
    assert.deepEqual(
      findSecrets(text, path).map(({ rule, match }) => `${rule}: ${match}`),
      [],
    ))

test('a value is judged in linear time: words without end, almost names, almost lists', () => {
  const parts = ['the', 'aZ', 'Ab', 'a-', 'a.', 'a_', '1a', 'sha-', 'x/', '%41', '\\n', 'A_', '=', 'ab ', '1.2.', '==']
  for (const part of parts)
    for (const end of ['', '!', '1!', '"x', '-']) {
      const value = part.repeat(400).slice(0, 127 - end.length) + end
      for (const name of ['password', 'api_key', 'connectionString', 'salt'])
        findSecrets(`${name} = "${value}"\n${name}: ${value}\nhttps://u:${value}@h/`, 'app.yaml')
    }
})

test('what only looks like a token of GitHub is doubtful, unless a name says that it is a secret', () => {
  const lookalike = ['gh', 'p_', 'kQ7vZp2LxW9sTb4NcR8mYd3HfJ6gAe5UuVwX'].join('')
  assert.deepEqual(
    findSecrets(`x ${lookalike}\n`, 'notes.txt').map(({ rule, certainty }) => [rule, certainty]),
    [['github-token', 'low']],
  )
  assert.deepEqual(
    findSecrets(`GITHUB_TOKEN=${lookalike}\n`, '.env').map(({ rule, certainty }) => [rule, certainty]),
    [['generic-secret', undefined]],
  )
})

test('the account of an AWS key id is told', () => {
  const owner = (body: string) => findSecrets(`AKI${'A'}${body}`, 'a.env')[0]?.owner
  assert.equal(owner('Y34FZKBOKMUTVV7A'), '609629065308')
  assert.equal(owner('IQ7VZP2LXW4STB4N'), undefined)
})
