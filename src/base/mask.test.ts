import assert from 'node:assert/strict'
import { test } from 'node:test'
import { maskEnvironment, maskText } from './mask.ts'

// Made-up values; those with a known form are put together here so that none stands as such in this file.
const word = 'correct-horse'
const jwt = `eyJ${'hbGciOi'.repeat(3)}.${'eyJzdWIi'.repeat(3)}.${'c2ln'.repeat(6)}`
const aws = `AKIA${'EXAMPLE'.repeat(3).slice(0, 16)}`
const github = `ghp_${'x1Y2'.repeat(9)}`
const slack = `xoxb-${'0'.repeat(12)}-${'a'.repeat(12)}`
const pem = `-----BEGIN RSA PRIVATE KEY-----\n${'QUJD'.repeat(20)}\n-----END RSA PRIVATE KEY-----`

const rows: [given: string, shown: string][] = [
  [`mysql -u root -p${word} shop`, 'mysql -u root -p*** shop'],
  [`mysqldump --password=${word} shop`, 'mysqldump --password=*** shop'],
  [`mysqldump --password ${word} shop`, 'mysqldump --password *** shop'],
  [`sshpass -p ${word} ssh -p 22 host`, 'sshpass -p *** ssh -p *** host'],
  [`docker login -u me -p ${word}`, 'docker login -u me -p ***'],
  [`redis-cli -a ${word} ping`, 'redis-cli -a *** ping'],
  [`curl -u admin:${word} http://h/`, 'curl -u admin:*** http://h/'],
  [`curl https://admin:${word}@h.example/x`, 'curl https://admin:***@h.example/x'],
  [`curl -H "Authorization: Bearer ${word}${word}"`, 'curl -H "Authorization: Bearer ***"'],
  [`curl -H 'X-Api-Key: ${word}'`, "curl -H 'X-Api-Key: ***'"],
  [`PGPASSWORD=${word} psql`, 'PGPASSWORD=*** psql'],
  [`env DB_PASSWORD='a b c' run`, "env DB_PASSWORD='***' run"],
  [`run --api-key=${word} --verbose`, 'run --api-key=*** --verbose'],
  [`run --client-secret ${word}`, 'run --client-secret ***'],
  [`{"password":"${word}","user":"x"}`, '{"password":"***","user":"x"}'],
  [`https://h/?access_token=${word}&x=1`, 'https://h/?access_token=***&x=1'],
  [`MYSQL_PWD=${word}`, 'MYSQL_PWD=***'],
  [`openssl rsa -passin pass:${word}`, 'openssl rsa -passin pass:***'],
  [`smbclient -U me%${word} //h/s`, 'smbclient -U me%*** //h/s'],
  [`echo ${jwt}`, 'echo eyJ***'],
  [`export K ${aws}`, 'export K AKIA***'],
  [`git clone ${github}`, 'git clone ghp_***'],
  [`post ${slack} now`, 'post xoxb-*** now'],
  [`a ${pem} b`, 'a -----BEGIN RSA PRIVATE KEY-----*** b'],
  ['주민 900101-1234568 끝', '주민 *** 끝'],
  ['id 210315-3000000 x', 'id *** x'],
  ['call 010-1234-5678', 'call ***'],
  ['call 01012345678', 'call ***'],
  ['call +82 10-1234-5678', 'call ***'],
  ['tel 02-123-4567', 'tel ***'],
  ['card 4111 1111 1111 1111.', 'card ***.'],
  ['card 4111-1111-1111-1111', 'card ***'],
  ['card 4111111111111111', 'card ***'],
  ['mail -s x hong.gildong@example.co.kr', 'mail -s x ***@example.co.kr'],
]
for (const [given, shown] of rows) test(`masked: ${shown}`, () => assert.equal(maskText(given), shown))

const untouched = [
  'mkdir -p /srv/data',
  'ssh -p 2222 host',
  'PWD=/srv/app OLDPWD=/root',
  'PASSWORD_FILE=/run/secrets/db',
  'TOKEN_URL=https://h.example/token',
  'run --password-file /run/secrets/x',
  'docker run -e DB_PASSWORD app',
  'echo DB_PASSWORD=$DB_PASSWORD',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's variable
  'echo token=${TOKEN}',
  'passwd root',
  'cat /etc/passwd',
  'grep password /etc/app.conf',
  'npm install lodash@4.17.21 @types/node@24.19.2',
  'git clone git@github.com:org/repo.git',
  'systemctl start getty@tty1.service',
  'sha256:4111111111111111aaaabbbb',
  'x 1700000005000000000 y',
  'at 1700000005000000 y',
  'ip 10.101.234.5678 192.168.100.200',
  '900101-1234567 is no valid number',
  '901301-1234567 has no such month',
  'card 4111 1111 1111 1112',
  '0101-2345-678',
  'key=value sort=asc keyboard=kr',
  'monkey: banana',
  'http://h.example:8080/path@x',
  'tokenizer=bpe author=me',
  'ps -ef --sort -pcpu',
  'a 20260301-1234567 b',
]
for (const text of untouched) test(`left alone: ${text}`, () => assert.equal(maskText(text), text))

test('an environment loses the values of secret names, blanks and all', () => {
  assert.deepEqual(maskEnvironment(['SECRET=a b c', 'PATH=/bin', 'EMPTY_TOKEN=', 'odd']), [
    'SECRET=***',
    'PATH=/bin',
    'EMPTY_TOKEN=',
    'odd',
  ])
})

test('hostile text costs no more than its length', () => {
  const bombs = [
    'a',
    'eyJ-',
    '-----BEGIN ',
    '1',
    '1-',
    '1 ',
    '01',
    '://a:',
    'a.',
    'a@',
    'a=',
    '-p',
    '+1',
    '"',
    'bearer ',
    '--a ',
    'pass:',
  ]
  for (const bomb of bombs) {
    const text = `mysql curl redis-cli ${bomb.repeat(300_000 / bomb.length)}`
    const start = performance.now()
    maskText(text)
    const time = performance.now() - start
    assert.ok(time < 2000, `${bomb}: ${time} ms`)
  }
})

test('masking twice changes nothing more', () => {
  for (const [given] of rows) assert.equal(maskText(maskText(given)), maskText(given))
})
