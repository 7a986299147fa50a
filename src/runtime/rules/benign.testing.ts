/** What ordinary services do, as events: the library must stay quiet about it. One short line an event, read by `quietEvent`. */

/**
 * `parent > command line` an execution, `command r|w path` an opening, `command c address:port` a connection, `command TYPE name=value…` anything else.
 * Marks before it: `^` a program that is not in the image, `@user` a user other than root.
 */
const lines: Record<string, string> = {
  'nginx starting and serving': `
    runc > /docker-entrypoint.sh nginx -g daemon off;
    docker-entrypoi > find /docker-entrypoint.d/ -mindepth 1 -maxdepth 1 -type f -print -quit
    docker-entrypoi > /bin/sh /docker-entrypoint.d/10-listen-on-ipv6-by-default.sh
    10-listen-on-ip > grep -q listen  \\[::]:80; /etc/nginx/conf.d/default.conf
    10-listen-on-ip > sed -i -E s,listen       80;,listen       80;\\n    listen  [::]:80;, /etc/nginx/conf.d/default.conf
    10-listen-on-ip > dpkg-query --show --showformat=\${Conffiles}\\n nginx
    10-listen-on-ip > md5sum -c -
    sed w /etc/nginx/conf.d/sedXb3k1
    20-envsubst-on- > envsubst $HOST
    30-tune-worker- > nproc
    docker-entrypoi > nginx -g daemon off;
    nginx r /etc/nginx/nginx.conf
    nginx r /etc/passwd
    nginx w /var/log/nginx/access.log
    nginx w /run/nginx.pid
    nginx listen fd.type=ipv4 fd.name=0.0.0.0:80
    nginx setuid evt.arg.uid=nginx
    nginx dup2 evt.rawres=2 fd.type=file fd.name=/dev/stderr
    nginx c 10.0.0.9:8080
    @nginx nginx w /var/cache/nginx/client_temp/0000000001
    @nginx nginx unlink evt.arg.path=/var/cache/nginx/client_temp/0000000001
    nginx r /etc/ssl/private/shop.pem
    nginx rename evt.arg.oldpath=/var/log/nginx/access.log evt.arg.newpath=/var/log/nginx/access.log.1`,
  'PostgreSQL starting, checkpointing, backing up': `
    runc > /usr/local/bin/docker-entrypoint.sh postgres
    docker-entrypoi > id -u
    docker-entrypoi > mkdir -p /var/lib/postgresql/data
    docker-entrypoi > chmod 00700 /var/lib/postgresql/data
    chmod fchmodat evt.arg.filename=/var/lib/postgresql/data evt.arg.mode=S_IXUSR|S_IWUSR|S_IRUSR
    chmod fchmodat evt.arg.filename=/var/run/postgresql evt.arg.mode=S_IXOTH|S_IROTH|S_IXGRP|S_IWGRP|S_IRGRP|S_IXUSR|S_IWUSR|S_IRUSR|S_ISVTX|S_ISGID
    docker-entrypoi > find /var/lib/postgresql/data ! -user postgres -exec chown postgres {} +
    docker-entrypoi > gosu postgres /usr/local/bin/docker-entrypoint.sh postgres
    gosu setuid evt.arg.uid=postgres
    gosu r /etc/passwd
    @postgres docker-entrypoi > initdb --username=postgres --pwfile=/dev/fd/63
    @postgres initdb > sh -c "/usr/lib/postgresql/16/bin/postgres" -V
    @postgres postgres > sh -c locale -a
    @postgres docker-entrypoi > pg_ctl -D /var/lib/postgresql/data -o -c listen_addresses='' -p 5432 -w start
    @postgres docker-entrypoi > psql -v ON_ERROR_STOP=1 --no-password --no-psqlrc --dbname postgres
    @postgres docker-entrypoi > postgres
    @postgres postgres w /var/lib/postgresql/data/pg_wal/000000010000000000000001
    @postgres postgres rename evt.arg.oldpath=/var/lib/postgresql/data/global/pg_internal.init.63 evt.arg.newpath=/var/lib/postgresql/data/global/pg_internal.init
    @postgres postgres unlink evt.arg.path=/var/lib/postgresql/data/pg_wal/000000010000000000000001
    @postgres postgres w /dev/shm/PostgreSQL.1234
    @postgres postgres listen fd.type=ipv4 fd.name=0.0.0.0:5432
    @postgres postgres > sh -c test ! -f /archive/000000010000000000000002 && cp pg_wal/000000010000000000000002 /archive/000000010000000000000002
    @postgres sh > cp pg_wal/000000010000000000000002 /archive/000000010000000000000002
    @postgres runc > pg_isready -U postgres
    @postgres sh > pg_dump -Fc -f /backup/shop.dump shop
    @postgres sh > gzip /backup/shop.dump
    @postgres pg_basebackup c 10.0.0.9:5432`,
  'npm install': `
    sh > npm install
    npm > node /usr/local/bin/npm install
    node c 104.16.0.35:443
    node r /root/.npmrc
    node w /root/.npm/_cacache/tmp/0f3a
    node w /app/node_modules/esbuild/bin/esbuild
    node chmod evt.arg.filename=/app/node_modules/esbuild/bin/esbuild evt.arg.mode=S_IXUSR|S_IRUSR|S_IWUSR
    node > sh -c node install.js
    sh > node install.js
    ^node > /app/node_modules/@esbuild/linux-x64/bin/esbuild --version
    node > sh -c node-gyp rebuild
    sh > python3 /usr/local/lib/node_modules/npm/node_modules/node-gyp/gyp/gyp_main.py binding.gyp
    sh > make BUILDTYPE=Release -C build
    make > g++ -o Release/obj.target/binding.o ../binding.cc
    node mmap_exec fd.name=/app/node_modules/sharp/build/Release/sharp.node fd.is_upper_layer=true
    node > git ls-remote ssh://git@example.org/x.git
    git > ssh git@example.org git-upload-pack x.git
    ssh r /root/.ssh/id_ed25519
    ssh c 198.51.100.20:22`,
  'apt installing in a build': `
    sh > apt-get update
    apt-get > /usr/lib/apt/methods/http
    http setresuid evt.arg.uid=_apt
    http c 151.101.2.132:80
    apt-get > sh -c rm -f /var/cache/apt/archives/*.deb || true
    sh > apt-get install -y --no-install-recommends cron openssh-client
    apt-get > dpkg-preconfigure --apt
    apt-get > dpkg --unpack --auto-deconfigure /var/cache/apt/archives/cron.deb
    dpkg > dpkg-deb --fsys-tarfile /var/cache/apt/archives/cron.deb
    dpkg w /etc/init.d/cron.dpkg-new
    dpkg w /etc/cron.d/e2scrub_all.dpkg-new
    dpkg w /usr/bin/newgrp.dpkg-new
    dpkg fchmodat evt.arg.filename=/usr/bin/newgrp.dpkg-new evt.arg.mode=S_ISUID|S_IXUSR|S_IRUSR
    dpkg > /var/lib/dpkg/info/cron.postinst configure
    ^dpkg > /usr/bin/crontab -l
    ^dpkg > /usr/sbin/update-rc.d cron defaults
    update-rc.d w /etc/rc2.d/S01cron
    dpkg > addgroup --system crontab
    addgroup > groupadd -g 101 crontab
    groupadd w /etc/gshadow
    groupadd r /etc/gshadow
    dpkg > setcap cap_net_raw+ep /bin/ping
    dpkg > sh /tmp/cron.config.Xa2v configure
    dpkg > ldconfig
    ldconfig w /etc/ld.so.cache~
    dpkg w /var/log/dpkg.log
    sh > rm -rf /var/lib/apt/lists
    rm unlinkat evt.arg.name=/var/log/apt/history.log`,
  'cron, health checks and the programs around them': `
    init > cron -f
    cron r /etc/shadow
    cron r /etc/crontab
    cron > sh -c cd / && run-parts --report /etc/cron.hourly
    sh > run-parts --report /etc/cron.hourly
    run-parts > logrotate /etc/logrotate.conf
    logrotate rename evt.arg.oldpath=/var/log/syslog evt.arg.newpath=/var/log/syslog.1
    runc > sh -c curl -f http://localhost:8080/health || exit 1
    sh > curl -f http://localhost:8080/health
    curl c 127.0.0.1:8080
    runc > bash -c </dev/tcp/localhost/8080
    bash c 127.0.0.1:8080
    runc > wget -q -O /dev/null http://127.0.0.1/
    runc > redis-cli ping
    runc > nc -z localhost 5432
    runc > pgrep -f worker
    sh > cat /etc/os-release
    sh > cat /proc/1/cmdline
    cat r /proc/meminfo
    logrotate > gzip -9 /var/log/app.log.1`,
  'entry points': `
    runc > /entrypoint.sh
    entrypoint.sh > chown -R app:app /data
    entrypoint.sh > chmod 755 /data
    chmod fchmodat evt.arg.filename=/data evt.arg.mode=S_IXOTH|S_IROTH|S_IXGRP|S_IRGRP|S_IXUSR|S_IWUSR|S_IRUSR
    entrypoint.sh > chmod +x /app/run.sh
    entrypoint.sh > touch /data/.initialised
    entrypoint.sh > sed -i s/@PORT@/8080/ /etc/app.conf
    entrypoint.sh > su-exec app /usr/bin/app
    su-exec setuid evt.arg.uid=app
    entrypoint.sh > cat /run/secrets/database_password
    entrypoint.sh > openssl rand -hex 16
    entrypoint.sh > nc -z 127.0.0.1 5432
    entrypoint.sh > base64 -d
    entrypoint.sh > env
    entrypoint.sh > mkdir -p /tmp/app
    entrypoint.sh w /etc/hosts
    entrypoint.sh > ln -sf /dev/stdout /var/log/app.log`,
  'Java and Python with libraries of their own': `
    runc > java -jar /app/app.jar
    @app java w /tmp/hsperfdata_app/1
    @app java w /tmp/netty_native_epoll.so
    @app java mmap_exec fd.name=/tmp/netty_native_epoll.so fd.is_upper_layer=true
    @app java r /proc/42/maps
    @app java c 10.0.0.9:5432
    @app java listen fd.type=ipv6 fd.name=:::8080
    sh > pip install numpy
    pip c 151.101.0.223:443
    sh > python3 /app/main.py
    @app python3 mmap_exec fd.name=/usr/local/lib/python3.12/site-packages/numpy/core/multiarray.so fd.is_upper_layer=true
    @app python3 memory evt.type=mmap_exec fd.name=/tmp/ffiAbC fd.is_upper_layer=true
    @app python3 c 10.0.0.9:6379
    @app python3 > python3 -c from multiprocessing.spawn import spawn_main; spawn_main(tracker_fd=5, pipe_handle=7)
    @app python3 r /app/.env`,
}

const base = {
  'evt.num': 1,
  'evt.rawres': 0,
  'container.id': '7d1e5b8c0f2a',
  'container.name': 'service',
  'container.image.repository': 'example/service',
  'container.privileged': false,
  'proc.tty': 0,
  'proc.vpid': 12,
  'proc.is_exe_upper_layer': false,
  'proc.is_exe_from_memfd': false,
  'proc.env': 'PATH=/usr/bin:/bin LD_PRELOAD=/usr/lib/libjemalloc.so.2',
}

/** Ancestors that a parent brings along: what runs below npm or dpkg has them above. */
const above: Record<string, string[]> = {
  node: ['node', 'npm', 'sh'],
  make: ['make', 'node'],
  dpkg: ['dpkg', 'apt-get', 'sh'],
  addgroup: ['addgroup', 'dpkg', 'apt-get'],
}

/** Programs that these services run below a package manager. */
const installed = new Set(['http', 'update-rc.d', 'groupadd', 'ldconfig', 'node', 'python3', 'make', 'g++', 'ssh'])

export function quietEvent(service: string, line: string): Record<string, unknown> {
  const [, upper, user, rest = ''] = /^(\^?)(?:@(\w+) )?(.*)$/.exec(line.trim()) ?? []
  const event: Record<string, unknown> = { ...base, 'user.name': user ?? 'root', 'user.uid': user ? 999 : 0 }
  const started = /^(\S+) > (\S+) ?(.*)$/.exec(rest)
  const program = started ? started[2]! : rest.split(' ')[0]!
  const name = program.slice(program.lastIndexOf('/') + 1).slice(0, 15)
  const parent = started?.[1] ?? 'sh'
  const ancestors = above[parent] ?? [parent]
  const below = /npm|apt/.test(service) && installed.has(name)
  Object.assign(event, {
    'proc.name': name,
    'proc.exe': program,
    'proc.exepath': program.startsWith('/') ? program : `/usr/bin/${program}`,
    'proc.args': started?.[3] ?? '',
    'proc.cmdline': `${name} ${started?.[3] ?? ''}`.trim(),
    'proc.pname': parent,
    'proc.aname': below ? [...ancestors, 'npm', 'apt-get'] : ancestors,
    'proc.acmdline': /npm/.test(service) ? ['node /usr/local/bin/npm install'] : [parent],
    'proc.is_exe_upper_layer': upper === '^',
  })
  if (started) return { ...event, 'evt.type': 'execve', 'evt.arg.flags': upper ? 'EXE_UPPER_LAYER' : '0' }
  return { ...event, ...deed(rest.split(' ').slice(1)) }
}

function deed([kind = '', ...words]: string[]): Record<string, unknown> {
  if (kind === 'r' || kind === 'w') return opening(words.join(' '), kind === 'w')
  if (kind === 'c') return connection(words[0]!)
  const given = words.map(word => word.split(/=(.*)/s).slice(0, 2) as [string, string])
  return { 'evt.type': kind === 'memory' ? 'mmap_exec' : kind, ...Object.fromEntries(given) }
}

function opening(path: string, write: boolean): Record<string, unknown> {
  return {
    'evt.type': 'openat',
    'evt.rawres': 5,
    'evt.arg.flags': write ? 'O_TRUNC|O_CREAT|O_WRONLY' : 'O_RDONLY',
    'evt.is_open_read': !write,
    'evt.is_open_write': write,
    'fd.num': 5,
    'fd.typechar': 'f',
    'fd.name': path,
    'fd.nameraw': path,
    'fd.filename': path.slice(path.lastIndexOf('/') + 1),
  }
}

function connection(to: string): Record<string, unknown> {
  const [address, port] = to.split(':') as [string, string]
  return {
    'evt.type': 'connect',
    'fd.type': 'ipv4',
    'fd.l4proto': 'tcp',
    'fd.sip': address,
    'fd.snet': address,
    'fd.sport': Number(port),
    'fd.name': `10.0.0.5:41000->${to}`,
  }
}

/** Events of each quiet service. */
export const quietEvents: Record<string, Record<string, unknown>[]> = Object.fromEntries(
  Object.entries(lines).map(([service, text]) => [
    service,
    text
      .split('\n')
      .filter(line => line.trim() !== '')
      .map(line => quietEvent(service, line)),
  ]),
)
