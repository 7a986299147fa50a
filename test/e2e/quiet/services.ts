/** Ordinary services, each a shell script for a container of its own that works until it is removed, and says `ready` once. */
export interface Service {
  name: string
  script: string
}

const bin = '/usr/lib/postgresql/15/bin'
const asPostgres = 'setpriv --reuid postgres --regid postgres --init-groups sh -c'

export const services: readonly Service[] = [
  {
    name: 'nginx',
    script: `
      for n in $(seq 50); do echo "page $n" > /var/www/html/$n.html; done
      nginx -g 'daemon off;' & sleep 1
      echo 'const http = require("http"); let n = 0; setInterval(() => http.get("http://127.0.0.1/" + (n++ % 60) + ".html", r => r.resume()).on("error", () => {}), 5)' > /srv/client.js
      node /srv/client.js & sleep 1; echo ready
      while sleep 20; do nginx -t 2> /dev/null; nginx -s reload; mv /var/log/nginx/access.log /var/log/nginx/access.log.1; nginx -s reopen; done`,
  },
  {
    name: 'postgresql',
    script: `
      mkdir -p /data /archive; chown postgres /data /archive; cd /tmp
      ${asPostgres} '${bin}/initdb -D /data > /dev/null'
      printf "archive_mode = on\\narchive_command = 'test ! -f /archive/%%f && cp %%p /archive/%%f'\\n" >> /data/postgresql.conf
      ${asPostgres} '${bin}/pg_ctl -D /data -w -l /data/log start > /dev/null && ${bin}/pgbench -i -q postgres 2> /dev/null'
      echo ready
      while sleep 3; do ${asPostgres} '${bin}/pgbench -c 2 -t 50 postgres > /dev/null 2>&1; ${bin}/psql -qAtc "checkpoint; select pg_switch_wal()" postgres > /dev/null; ${bin}/pg_isready -q; ${bin}/pg_dump postgres > /data/dump.sql; ${bin}/vacuumdb -q postgres'; done`,
  },
  {
    name: 'npm',
    script: `
      mkdir -p /app; cd /app; echo '{"name":"app","version":"1.0.0","scripts":{"build":"node -e 1"}}' > package.json
      npm install --no-audit --no-fund is-odd semver > /dev/null 2>&1 || mkdir -p node_modules; echo ready
      while sleep 5; do rm -rf node_modules; npm install --no-audit --no-fund > /dev/null 2>&1; npm run build > /dev/null 2>&1; npm ls > /dev/null 2>&1; done`,
  },
  {
    name: 'apt',
    script: `
      export DEBIAN_FRONTEND=noninteractive; apt-get update -qq; echo ready
      while sleep 5; do apt-get update -qq; apt-get install -y -qq --no-install-recommends tree less > /dev/null 2>&1; dpkg -l > /dev/null; apt-get remove -y -qq tree less > /dev/null 2>&1; apt-get clean; done`,
  },
]
