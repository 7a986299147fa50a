// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the cases are texts of shells and of Spring
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findSecrets } from './find.ts'

/** Put together here, so that no scanner of this repository takes a case for a leak. */
const pw = ['Ember', 'Falcon', '7838'].join('')
const mixed = ['tig3r', 'River', '58'].join('')
const key = ['JQfJdPRMUM', 'SlmvpDnhopAn00xZ'].join('')
const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** Secrets that are handed on, written in sentences, or stand where a form says. */
const found: [path: string, text: string][] = [
  ['db.py', `conn.simple_bind_s("cn=admin,dc=corp,dc=kr", "${mixed}")`],
  ['db.ts', `const db = new Sequelize('shop', 'root', '${mixed}', { host: 'db' })`],
  ['Keys.java', `ks.load(in, "${mixed}".toCharArray());`],
  ['app.kts', `buildConfigField("String", "API_KEY", "\\"${key}\\"")`],
  ['build.gradle', `credentials { username "deploy"; password "${mixed}" }`],
  ['mail.go', `smtp.PlainAuth("", "bot@corp.kr", "${mixed}", "smtp.corp.kr")`],
  ['get.php', `curl_setopt($ch, CURLOPT_USERPWD, 'admin:${mixed}');`],
  ['app.php', `'key' => 'base64:${base64('0f9a8c7e6b5d4031')}',`],
  ['wp-config.php', `define( 'AUTH_KEY',         '${mixed} |+${key}' );`],
  ['db.c', `mysql_real_connect(c, "db", "root", "${mixed}", "shop", 0, NULL, 0);`],
  ['x.sh', `keytool -genkey -storepass ${mixed} -alias a`],
  ['x.sh', `mongo -u root -p ${mixed} --authenticationDatabase admin`],
  ['x.sh', `smbclient //srv/share -U user%${mixed}`],
  ['x.bat', `net use \\\\srv\\share /user:corp\\svc ${mixed}`],
  ['x.bat', `setx API_TOKEN "${key}"`],
  ['x.sh', `vncpasswd <<< "${mixed}"`],
  ['x.sh', `PASS=$(echo "${base64(mixed)}" | base64 -d)`],
  ['x.sql', `CREATE USER scott IDENTIFIED BY ${mixed};`],
  ['x.sql', `SET PASSWORD FOR 'root'@'localhost' = PASSWORD('${mixed}');`],
  ['deploy.yaml', `- {name: MYSQL_PASSWORD, value: ${mixed}}`],
  ['all.yml', `vault_db_password: ${pw}`],
  ['application.yml', `password: \${DB_PASSWORD:${mixed}}`],
  ['App.java', `@Value("\${db.password:${mixed}}")`],
  ['settings.py', `SECRET_KEY = config('SECRET_KEY', default='${key}')`],
  ['ks.cfg', `rootpw --iscrypted $6$kQ7vZp2L$${key}${key}`],
  ['chap-secrets', `bob pptpd ${mixed} *`],
  ['strings.xml', `<string name="api_key">${key}</string>`],
  ['Info.plist', `<key>ApiSecret</key>\n<string>${key}</string>`],
  ['web.config', `<machineKey validationKey="${'9f3a7c1e5b8d2046'.repeat(4)}" decryption="AES" />`],
  ['Dockerfile', `ENV SECRET_KEY_BASE ${'9f3a7c1e5b8d2046'.repeat(4)}`],
  ['notes.txt', `redis://:${mixed}@cache:6379`],
  ['메모.txt', `ID: admin PW: ${mixed}`],
  ['메모.txt', `루트 비번은 ${mixed} 입니다`],
  ['메모.txt', `API 키: ${key}`],
  ['README.md', `Login with user \`admin\` and password \`${mixed}\`.`],
  ['README.md', `The staging password is: ${mixed}`],
  ['mail.txt', `Default credentials: admin / ${mixed}`],
  // Words with digits behind them, letters alone, and words that only hold one of those for "fill me in".
  ['a.ts', `const password = '${pw}';`],
  ['a.ts', `const apiKey = '${['HeICdTjPJW', 'IPhCWEHdbR'].join('')}';`],
  ['a.cs', `const string Password = "seoul-mountain-${'sun'}set-96";`],
  ['a.py', `password = '${'Foot'}ball2024!'`],
]

const nothing: [path: string, text: string][] = [
  ['a.yml', 'password: "__PASSWORD__"'],
  ['a.yml', 'password: "sm://project/db-password"'],
  ['a.yml', 'password: "secretref:db"'],
  ['a.yml', 'password: "vault+kv://app/db"'],
  ['a.ts', "password: 'errors.auth.invalidPassword',"],
  ['A.java', 'static final String KEY_PASSWORD = "javax.net.ssl.keyStorePassword";'],
  ['x.php', "'password' => 'required|string|min:8|confirmed',"],
  ['x.php', "define( 'DB_PASSWORD', 'password_here' );"],
  ['x.ps1', '$password = Read-Host -AsSecureString'],
  ['k8s.yaml', 'passwordKey: postgres-password'],
  ['ko.json', '{"login.password": "비밀번호"}'],
  ['de.json', '{"password": "Passwort"}'],
  ['es.json', '{"password":"Contraseña"}'],
  ['nl.json', '{"password": "Wachtwoord"}'],
  ['a.ts', "password: 'passwordInput2'"],
  ['x.java', 'char[] digits = "0123456789abcdef".toCharArray();'],
  ['x.sh', 'mongo -u root -p "$PW" admin'],
  ['x.sql', 'CREATE USER app IDENTIFIED BY password;'],
  ['a.yml', 'password: ${DB_PASSWORD:changeme}'],
  ['settings.py', "KEY = config('SECRET_KEY', default='')"],
  ['README.md', 'The password is: at least 12 characters'],
  ['README.md', 'Set the password `auth.rootPassword` first.'],
  ['README.md', 'https://user:password@host/repo'],
  ['strings.xml', '<string name="password_hint">Enter password</string>'],
  ['메모.txt', '비밀번호: 8자 이상 입력하세요'],
  // Found in packages: names of code, places in a list, what stands between two strings, text of other languages.
  ['models.py', '"V1Secret": ".models.v1_secret_key_selector"'],
  ['cdk.py', 'client_secret: "_aws_cdk_0cae9daa.SecretValue"'],
  ['gcs.py', 'GCS_TOKEN = "gcs.oauth2.token-expires-at"'],
  ['auth.py', 'SESSION_KEY = "_auth_user_id"'],
  ['auth.py', '"reset_password": "20/m/ip,5/m/key"'],
  ['sid.py', "'unicodePwd': '1.2.840.113556.1.4.90'"],
  ['examples.json', '"ClientRequestToken": "a8ca07e4-61ec-4399-99f4-19853801bcd5"'],
  ['examples.json', '"PurchaseToken": "eyJ2IjoiMSIsInMiOjEsImMiOi..."'],
  ['features.js', 'STORAGE_KEY = "@storybook/manager/store"'],
  ['bundle.js', 'a.params.push(`access_token=`+(r||L.ACCESS_TOKEN||``))'],
  ['zh.json', '"expected_token_here_1007": "分析器预期在此处找到与“{0}”标记匹配的“{1}”。"'],
  ['types.d.ts', 'password: Uint8Array | string, hash: Uint8Array'],
  ['cache.mjs', 'import { Constants, AuthToken, getTenantIdFromIdTokenClaims } from "x"'],
  ['data.json', `"src/imds/token.rs":"${'9f3a7c1e5b8d2046'.repeat(4)}"`],
  ['.cargo-checksum.json', `{"token.rs":"${'9f3a7c1e5b8d2046'.repeat(4)}"}`],
  ['npm.tsv', 'name\tversion\tabout\nsecrets\t1.0.7\tsecret token\nanypoint-cli-v4\t2.1.0\tx2json-v4'],
  ['pgvector.py', 'CONNECTION_STRING = "postgresql+psycopg2://hwc@localhost:5432/test3"'],
]

for (const [path, text] of found)
  test(`finds a secret in ${path}: ${text.slice(0, 60)}`, () => assert.notDeepEqual(findSecrets(text, path), []))

for (const [path, text] of nothing)
  test(`finds nothing in ${path}: ${text.slice(0, 60)}`, () => assert.deepEqual(findSecrets(text, path), []))
