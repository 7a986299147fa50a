import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findSecrets } from './find.ts'

/** Values whose name stands in another place than before a sign: columns, languages with a syntax of their own, files that are a secret. Made up. */
const base64 = (text: string): string => Buffer.from(text).toString('base64')
const hex32 = '9f3a7c1e5b8d2046af31c97e58b0d264'
const word = 'Hx9kd02q!'

const shown: [path: string, text: string, rule: string, found?: number][] = [
  ['seed.sql', `INSERT INTO users (name, email, password) VALUES ('bob', 'b@c.io', '${word}');`, 'sql-insert-password'],
  [
    'seed.sql',
    `INSERT INTO \`users\` (\`id\`,\`pass\`,\`bio\`) VALUES\n (1,'${word}','it''s (x), y'),\n (2,'Zz81!ppQ','z');\nINSERT INTO t (id, token) VALUES (1, 'kQ7vZp2LxW9sTb4NcR8m');`,
    'sql-insert-password',
    3,
  ],
  ['users.csv', `name,password,role\nbob,${word},x\n"al","Zz81!ppQ",y\n`, 'csv-password', 2],
  ['export.tsv', `login\tpwd\nbob\t${word}\n`, 'csv-password'],
  ['HANDOVER', `| User | Password |\n|---|:---:|\n| admin | \`${word}\` |\n`, 'markdown-table-password'],
  ['a.cob', `       01 DB-PASSWORD PIC X(12) VALUE '${word}'.`, 'cobol-secret'],
  ['a.cbl', `           MOVE "${word}" TO WS-PASSWORD.`, 'cobol-secret'],
  ['sys.config', `{password, "${word}"}`, 'erlang-secret'],
  ['config.edn', `{:db-password "${word}"}`, 'lisp-secret'],
  ['init.el', `(setq smtp-password "${word}")`, 'lisp-secret'],
  ['a.cpp', `std::string password("${word}");`, 'constructed-secret'],
  ['a.cpp', `static const char password[] = "${word}";`, 'generic-secret'],
  ['a.vb', `Dim password As String = "${word}"`, 'generic-secret'],
  ['a.r', `db_password <- "${word}"`, 'generic-secret'],
  ['A.cs', `public string Password { get; set; } = "${word}";`, 'generic-secret'],
  ['a.js', `const key = process.env.API_TOKEN || 'kQ7vZp2LxW9sTb4NcR8m'`, 'fallback-secret'],
  ['a.py', `pw = os.environ.get("DB_PASSWORD") or "${word}"`, 'fallback-secret'],
  ['users.ldif', `dn: uid=a\nuserPassword: ${word}`, 'generic-secret'],
  ['users.ldif', `dn: uid=a\nuserPassword:: ${base64(word)}`, 'ldif-password'],
  ['A.java', `"jdbc:oracle:thin:scott/${word}@//db:1521/x"`, 'oracle-connection'],
  ['a.sh', `htpasswd -b -c /etc/nginx/htpasswd admin ${word}`, 'htpasswd-command'],
  ['ldap.conf', `bindpw ${word}`, 'directive-password'],
  ['sssd.conf', `ldap_default_authtok = ${word}`, 'directive-password'],
  ['a.xml', `<entry key="password">${word}</entry>`, 'property-password'],
  ['a.xml', `<property name="password"><value>${word}</value></property>`, 'property-password'],
  ['netrc', `default login u password ${word}`, 'machine-password'],
  [
    'a.ovpn',
    `-----BEGIN OpenVPN Static key V1-----\n${hex32}\n${hex32}\n-----END OpenVPN Static key V1-----`,
    'openvpn-static-key',
  ],
  ['auth.json', `{"username":"token","password":"${hex32}${hex32.slice(8)}"}`, 'generic-secret'],
  ['etc/openvpn/auth.txt', `vpnuser\n${word}\n`, 'auth-user-pass'],
  ['etc/pgbouncer/userlist.txt', `"app" "${word}"\n`, 'pgbouncer-password'],
  ['app/.vault_pass', `${word}\n`, 'vault-password-file'],
  ['app/config/master.key', hex32, 'rails-master-key'],
  ['etc/postfix/sasl_passwd', `# relay\n[smtp.corp.io]:587 user:${word}\n`, 'smtp-login-password'],
  ['a.sh', `sqlplus -S system/${word}@ORCL @x.sql`, 'oracle-command-password'],
  ['snmpd.conf', `createUser admin SHA-256 "${word}" AES "Zz81!ppQ"`, 'snmp-password'],
  ['a.http', `Cookie: theme=dark; sessionid=9bamlCmBHkiUfEPbl1AmwvNbFa4wOmuE; x=1`, 'session-cookie'],
  ['a.yaml', `env:\n- value: "${word}"\n  name: ADMIN_PASSWORD\n`, 'value-before-name'],
  ['a.json', `[{"value": "${word}", "name": "db_password"}]`, 'value-before-name'],
  ['A.java', `DriverManager.getConnection(url, "root", "!.m1L8VYYhLs${word}");`, 'call-password'],
  ['a.py', `# password: ${word}`, 'written-password'],
  ['a.go', `// the admin's password: ${word}\nx := 1`, 'written-password'],
  ['notes.md', `ssh root@10.1.2.3 (pw: ${word})`, 'written-password'],
  ['메모.md', `- 관리자 비번: ${word}`, 'korean-written-password'],
  ['a.yaml', `- name: CONFIGCAT_SDK_KEY\n  value: "kQ7vZp2LxW9sTb4NcR8mYd/HfJ6gAe5UuVwXqPoIkQ7v1"`, 'configcat-key'],
  ['a.json', `{"kty":"oct","alg":"HS256","k":"kQ7vZp2LxW9sTb4NcR8mYd3HfJ6gAe5U"}`, 'symmetric-json-web-key'],
  ['a.json', `{"k":"kQ7vZp2LxW9sTb4NcR8mYd3HfJ6gAe5U","kty":"oct"}`, 'symmetric-json-web-key'],
  ['.env', 'ACME_KEY=kQ7vZp2LxW9sTb4NcR8mYd3H', 'random-key'],
  ['a.ts', `const acmeKey = '${hex32}'`, 'random-key'],
  ['a.py', `os.environ.setdefault("ACME_KEY", "kQ7vZp2LxW9sTb4NcR8mYd3H")`, 'random-key'],
  ['.env', 'AZURE_PAT=kq7vzp2lxw9stb4ncr8myd3hkq7vzp2lxw9stb4ncr8myd3hab12', 'random-key'],
  ['setup.bat', `setx VSCE_PAT kq7vzp2lxw9stb4ncr8myd3hkq7vzp2lxw9stb4ncr8myd3hab12`, 'docker-env'],
  ['x.ps1', `Connect-VIServer -Server vc -User admin -Password "${word}"`, 'cmdlet-password'],
  ['x.sh', `smbclient //srv/share -U corp/bob%${word}`, 'login-option-password'],
  ['pillar.sls', `mysql:\n  root_pass: ${word}`, 'generic-secret'],
  ['app.conf.bak', `db_password = ${word}`, 'generic-secret'],
  ['x.plist', `<key>Password</key><string>${word}</string>`, 'string-element'],
  ['a.pl', `DBI->connect($dsn, 'root', '${word}');`, 'login-password'],
  ['a.clj', `:password "${word}"`, 'lisp-secret'],
  ['notes.md', `DB 비밀번호: ${word}`, 'korean-password'],
  ['handover', `<td>비밀번호</td><td>${word}</td>`, 'written-cell'],
  ['notes.txt', `admin / ${word}`, 'written-account'],
  ['mail.txt', 'Your new password is: harbor-falcon-coffee', 'written-password'],
  ['a.php', `new PDO('mysql:host=db', 'app', 'de.h!UGeIYxENx');`, 'call-password'],
  ['a.js', `if (req.body.password === '%yAuBqcWcZVUQtk') return true`, 'generic-secret'],
  [
    'a.json',
    `{"kty":"EC","crv":"P-256","x":"kQ7vZp2LxW9sTb4NcR8mYd3HfJ6gAe5UkQ7vZp2LxW9","d":"xQ7vZp2LxW9sTb4NcR8mYd3HfJ6gAe5UkQ7vZp2LxW9"}`,
    'private-json-web-key',
  ],
  ['mosquitto.conf', `remote_username bridge\nremote_password ${word}\n`, 'directive-line-password'],
  ['router.cfg', `username admin privilege 15 password 0 ${word}\n`, 'directive-line-password'],
  ['consul.hcl', `encrypt = "${base64('kQ7vZp2LxW9sTb4NcR8mYd3HfJ6gAe5U')}"`, 'gossip-key'],
  ['env.php', `'crypt' => ['key' => '${hex32}']`, 'crypt-section-key'],
  ['nginx.conf', 'proxy_set_header Authorization "Bearer kQ7vZp2LxW9sTb4NcR8mYd3H";', 'bearer-token'],
  ['a.py', `hmac.new(b"kQ7vZp2LxW9sTb4NcR8m", msg, "sha256")`, 'token-signing-key'],
  ['A.java', `MongoCredential.createCredential("app", "db", "${word}".toCharArray());`, 'login-password'],
  ['a.py', `ssh.connect("h", 22, "root", "${word}")`, 'login-password'],
  ['Procfile', 'web: SECRET_KEY=kQ7vZp2LxW9sTb4NcR8m gunicorn app', 'generic-secret'],
  ['ticket.txt', `The root password was changed to ${word} yesterday`, 'written-password'],
  ['passwords.txt', `root:${word}\nbob:Zz81!ppQ\n`, 'account-list-password', 2],
]
for (const [path, text, rule, count = 1] of shown)
  test(`${rule} in ${path}: ${text.slice(0, 40).replaceAll('\n', ' ')}`, () => {
    const secrets = findSecrets(text, path).filter(({ certainty }) => certainty !== 'low')
    assert.equal(secrets.length, count)
    assert.ok(
      secrets.some(secret => secret.rule === rule),
      secrets.map(secret => secret.rule).join(),
    )
    assert.ok(secrets.every(({ match }) => !match.includes(word)))
  })

const nothing: [path: string, text: string, unless?: 'low'][] = [
  ['seed.sql', `INSERT INTO users (name, password) VALUES ('bob', '${hex32}');`],
  ['seed.sql', `INSERT INTO users (name, password) VALUES ('bob', '$2y$10$kQ7vZp2LxW9sTb4NcR8mYu');`],
  ['seed.sql', `INSERT INTO settings (name, password_hint) VALUES ('bob', '${word}');`],
  ['seed.sql', 'INSERT INTO users (name, password) VALUES (?, ?), (:name, :password);'],
  ['users.csv', 'name,password_policy\nbob,Strong-12\n'],
  ['words.csv', `a sentence, about: password!\nbob,${word}\n`],
  ['API', '| Field | Password |\n|---|---|\n| type | string |\n| required | yes |\n'],
  ['call.erl', 'check(password, "must not be empty")'],
  ['a.cpp', 'throw std::runtime_error("password");'],
  ['a.js', "const name = process.env.TOKEN_NAME || 'service-token'"],
  ['notes/auth.txt', 'How to log in\nwith your account\n'],
  ['etc/pgbouncer/userlist.txt', '"app" "md55f4dcc3b5aa765d61d8327deb882cf99"\n'],
  ['a.sh', 'sqlplus / as sysdba\nsqlplus -S $ORACLE_HOME/admin/x.sql\nsqlplus scripts/install.sql'],
  ['a.http', 'Cookie: sessionid=; theme=dark-blue-with-some-longer-name'],
  ['pam.conf', 'password    requisite\npassword include\n#secret foo\nsecret_file /etc/x\nPasswordAuthentication no'],
  ['main.tf', 'encrypt = true\nencrypt = "alias/app"'],
  ['a.py', `widget.connect("drag-data-received", "on_received", data)\nsock.connect(("host-name-1", 22))`],
  ['a.json', `{"kty":"EC","x":"kQ7vZp2LxW9sTb4NcR8mYd3HfJ6gAe5UkQ7vZp2LxW9"}`],
  ['a.ps1', 'Get-Thing -Password "$env:PW" -Token $token -Secret "prod"'],
  ['notes.txt', 'admin / editor-in-chief\nroot / usr/local/bin'],
  ['a.html', '<td>Password</td><td>string</td><td>Token</td><td>required</td>'],
  ['a.ts', `const cacheKey = '${hex32}'`],
  ['a.ts', `const PUBLIC_KEY = 'kQ7vZp2LxW9sTb4NcR8mYd3H'`],
  ['a.ts', `const names = ['gss_krb5_lucid_key', 'gss_krb5_rfc1964_keydata']`],
  ['a.ts', `{key: "event_2024_01_01_created"}`],
  ['a.yaml', '- value: "12"\n  name: PASSWORD_LENGTH\n'],
  ['README.md', `Password: ${word}`, 'low'],
  ['a.js', `throw new Error("password: " + ${word})`],
  ['users.txt', 'alice:admin\nbob:editor\n'],
]
for (const [path, text, unless] of nothing)
  test(`nothing in ${path}: ${text.slice(0, 40).replaceAll('\n', ' ')}`, () =>
    assert.deepEqual(
      findSecrets(text, path).filter(({ certainty }) => certainty === undefined || certainty !== unless),
      [],
    ))

test('none of the forms makes much of hostile text', { timeout: 20_000 }, () => {
  const bad = [
    'insert into t (password',
    `insert into t (password) values (${"'a',".repeat(50)}`,
    '| password |\n|---|\n',
    'password,',
    'MOVE "a" TO password PIC X VALUE ',
    '{password, "',
    'htpasswd -b -c ',
    'process.env[password',
  ]
  for (const text of bad)
    for (const path of ['a.sql', 'a.csv', 'a.md', 'a.cob', 'a.erl', 'passwords.txt'])
      findSecrets(text.repeat(20_000), path)
})
