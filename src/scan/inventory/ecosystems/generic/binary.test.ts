import { deepEqual, equal, ok } from 'node:assert/strict'
import { test } from 'node:test'
import { elfOf } from '../../../../base/program/testing.ts'
import { memoryFile } from '../../../image/content.ts'
import { createDispatch } from '../../dispatch.ts'
import { binary } from './binary.ts'
import { classifiers } from './classifiers/index.ts'
import { cpeOf } from './cpe.ts'
import { splitName } from './names.ts'

const program = (text: string) => elfOf({ '.rodata': Buffer.from(`${text}\0${'x'.repeat(1024)}`, 'latin1') })
const found = (path: string, text: string) =>
  (binary.parse(memoryFile({ path, size: 2048, mode: 0o755 }, program(text))) ?? []).map(
    ({ name, version }) => `${name} ${version}`,
  )

/** What programs as their makers and Debian build them say, cut down to the place. */
const says: [path: string, text: string, expected: string][] = [
  ['usr/sbin/nginx', '\0Server: nginx/1.25.3\r\n\0/etc/nginx/nginx.conf\0', 'nginx 1.25.3'],
  ['usr/local/apache2/bin/httpd', '\0Apache/2.4.58 (Unix)\0ap_hook_access_checker\0', 'httpd 2.4.58'],
  ['usr/sbin/haproxy', '\0HAProxy version 2.9.1-f72603c, released 2023/12/15\0', 'haproxy 2.9.1'],
  ['usr/sbin/sshd', '\0OpenSSH_9.2p1 Debian-2+deb12u10\0', 'openssh 9.2p1'],
  ['usr/sbin/exim4', '<<eximcnumber>>\x004.96\0<<eximversion>>\0', 'exim 4.96'],
  ['usr/local/bin/redis-server', '\0upstart\0err\x007.0.15\0c11-builtin\0redis_version:%s\0', 'redis 7.0.15'],
  [
    'usr/local/bin/valkey-server',
    '\0err\x008.0.1\0c11-builtin\0redis_version:%s\r\nvalkey_version:%s\0',
    'valkey 8.0.1',
  ],
  ['usr/lib/postgresql/15/bin/postgres', '\0postgres (PostgreSQL) 15.20 (Debian 15.20-0)\0', 'postgresql 15.20'],
  ['usr/sbin/mariadbd', '\0-0+deb12u1\x0010.11.19-MariaDB\0', 'mariadb 10.11.19'],
  ['usr/sbin/mysqld', '\x005.6.14\0MySQL Community Server (GPL)\0', 'mysql 5.6.14'],
  ['usr/bin/mysql', '\0/build/mysql-8.0.35/vio/viosocket.cc\0', 'mysql 8.0.35'],
  ['usr/lib/ghc/bin/ghc', '\0libHSghc-9.0.2-ghc9.0.2.so\0', 'ghc 9.0.2'],
  ['usr/local/bin/node', '/json\0node.js/v18.20.4\0', 'node 18.20.4'],
  ['usr/bin/python3.11', '\0PYTHONHOME\0pymalloc_debug\x003.11.2\0strict\0', 'python 3.11.2'],
  ['opt/py/lib/libpython3.11.so.1.0', '\0PYTHONHOME\0/opt/py/3.11.7\0', 'python 3.11.7'],
  ['opt/py/lib/libpython3.6m.so.1.0', '\0PYTHONHOME\x003.6.15+\0', 'python 3.6.15'],
  [
    'usr/lib/libruby-3.1.so.3.1.2',
    '\0ruby 3.1.2p20 (2022-04-12 revision 4491bb740a) [x86_64-linux-gnu]\0',
    'ruby 3.1.2',
  ],
  ['usr/bin/perl', '\0PERL5LIB\0v5.36.0\0panic\0', 'perl 5.36.0'],
  ['usr/local/bin/php', '\0X-Powered-By: PHP/8.2.36\0', 'php 8.2.36'],
  [
    'jdk/lib/server/libjvm.so',
    'OpenJDK 64-Bit Server VM (25.392-b08) for linux-amd64 JRE (1.8.0_392-b08), built',
    'openjdk 1.8.0_392-b08',
  ],
  ['jdk/lib/server/libjvm.so', ' VM (17.0.9+9) for linux-amd64 JRE (17.0.9+9), built on', 'openjdk 17.0.9+9'],
  ['usr/lib/erlang/erts-13/bin/beam.smp', ' [async-threads:%d] [jit:ns%s]\n\x0025.2.3\0', 'erlang 25.2.3'],
  ['usr/bin/x86_64-linux-gnu-gcc-12', '\0 zstd\x0012.2.0\0(Debian 12.2.0-14) \0gcc version %s %s\n\0', 'gcc 12.2.0'],
  [
    'lib/rustlib/libstd-d1237ef7159db0a2.so',
    '\0rust_panic\0rustc version 1.97.0-nightly (e50aa6fba 2026-05-19)\0',
    'rust 1.97.0',
  ],
  ['usr/lib/libcrypto.so.1.1', '\0OpenSSL 1.1.1w  11 Sep 2023\0', 'openssl 1.1.1w'],
  ['usr/lib/libz.so.1.2.13', ' deflate 1.2.13 Copyright 1995-2022 Jean-loup Gailly', 'zlib 1.2.13'],
  ['usr/lib/liblzma.so.5.4.1', '\0lzma_code\x005.4.1\0', 'xz 5.4.1'],
  ['usr/lib/libsqlite3.so.0.8.6', '\x003.40.1\0SQLite format 3\0', 'sqlite 3.40.1'],
  ['p/x.libs/libsqlite3-66256cf9.so.3.50.4', '\x013.50.4\0SQLite format 3\0', 'sqlite 3.50.4'],
  ['bin/[', '\0BusyBox v1.36.1 (2023-11-07 18:53:09 UTC)\0', 'busybox 1.36.1'],
  ['bin/bash', '\0@(#)Bash version 5.2.15(1) release GNU\0', 'bash 5.2.15'],
  ['usr/bin/git', '\0git/2.39.5\0GIT_USER_AGENT\0', 'git 2.39.5'],
  ['usr/bin/mariadb', '\x0010.11.19-MariaDB\0', 'mariadb 10.11.19'],
  ['usr/lib/libkrb5.so.3.3', '\0KRB5_BRAND: krb5-1.20.1-final 1.20.1 20221111\0', 'krb5 1.20.1'],
  ['usr/lib/libgit2.so.1.5.1', '\0libgit2 1.5.1\0', 'libgit2 1.5.1'],
  ['usr/lib/libssh.so.4.9.6', '\0SSH-2.0-libssh_0.10.6\0', 'libssh 0.10.6'],
  ['usr/lib/libmbedcrypto.so.2.28.3', '\0mbed TLS 2.28.3\0', 'mbedtls 2.28.3'],
  ['usr/lib/libwolfssl.so.35.3.0', '\0wolfSSL 5.5.4\0', 'wolfssl 5.5.4'],
  ['usr/lib/libhdf5_serial.so.103.3.1', '\0HDF5 library version: 1.10.8\0', 'hdf5 1.10.8'],
  ['usr/lib/libdb-5.3.so', '\0Berkeley DB 5.3.28: (September  9, 2013)\0', 'berkeley-db 5.3.28'],
  ['usr/lib/libzstd.so.1.5.4', '\xeb\x851.5.4\0ZSTD_decompress\0', 'zstd 1.5.4'],
  ['usr/bin/zstd', '\0Enabled\0v1.5.4\0Zstandard CLI\0', 'zstd 1.5.4'],
  ['usr/lib/liblz4.so.1.9.4', '\x001.9.4\0LZ4_decompress\0', 'lz4 1.9.4'],
  ['usr/lib/libopenjp2.so.2.5.0', '\x002.5.0\0opj_version\0', 'openjpeg 2.5.0'],
  ['usr/lib/libheif.so.1.15.1', '\x001.15.1\0heif_get_version\0', 'libheif 1.15.1'],
  ['usr/lib/libicuuc.so.72.1', '\x0072.1\0u_getVersion_72\0', 'icu 72.1'],
  ['usr/sbin/cupsd', '\0CUPS/2.4.2 IPP/2.1\0', 'cups 2.4.2'],
  ['usr/sbin/freeradius', '\0FreeRADIUS Version 3.2.1, for host\0', 'freeradius 3.2.1'],
  ['usr/sbin/dovecot', '\0Dovecot v2.3.19.1 (9b53102964) starting up\0', 'dovecot 2.3.19.1'],
  ['usr/sbin/openvpn', '\0since OpenVPN 1.5 or so\0OpenVPN 2.6.14 x86_64-pc-linux-gnu [SSL]\0', 'openvpn 2.6.14'],
  ['usr/sbin/pdns_recursor', '\0pdns-recursor 4.8.8\0', 'powerdns-recursor 4.8.8'],
  ['usr/sbin/nsd', '\0NSD 4.6.1\0', 'nsd 4.6.1'],
  ['usr/bin/turnserver', "\0Coturn-4.6.1 'Gorst'\0", 'coturn 4.6.1'],
  ['usr/sbin/privoxy', '\0Privoxy version 3.0.34\0', 'privoxy 3.0.34'],
  ['usr/sbin/keepalived', '\0Keepalived v2.2.7 (01/16,2022)\0', 'keepalived 2.2.7'],
  ['usr/bin/h2o', '\0h2o version 2.2.5\0', 'h2o 2.2.5'],
  ['usr/bin/gpg', "\0GNU Privacy Guard's OpenPGP server 2.2.40 ready\0", 'gnupg 2.2.40'],
  ['usr/bin/sudo', '\0Sudo version %s\n\x001.9.13p3\0', 'sudo 1.9.13p3'],
]

for (const [path, text, expected] of says) test(`${path}: ${expected}`, () => deepEqual(found(path, text), [expected]))

test('a name alone, a version alone, or another program’s text is no verdict', () => {
  deepEqual(found('usr/sbin/nginx', '\0hello\0'), [])
  deepEqual(found('usr/sbin/other', '\0Server: nginx/1.25.3\r\nnginx.conf\0'), [])
  deepEqual(found('usr/bin/redis-server', '\x007.0.15\0c11-builtin\0'), [], 'no redis_version beside it')
  deepEqual(found('usr/bin/perl', '\0v5.36.0\0'), [])
})

test('a script of the name is not a program', () => {
  const text = Buffer.from('#!/bin/sh\nexec nginx # Server: nginx/1.25.3 nginx.conf'.padEnd(2048))
  equal(binary.parse(memoryFile({ path: 'usr/sbin/nginx', size: 2048, mode: 0o755 }, text)), undefined)
})

test('names without versions, triplets and hashes', () => {
  deepEqual(splitName('usr/bin/python3.11'), { whole: 'python3.11', stem: 'python', version: '3.11' })
  deepEqual(splitName('usr/bin/aarch64-linux-gnu-gcc-12'), { whole: 'gcc-12', stem: 'gcc', version: '12' })
  deepEqual(splitName('lib/libcrypto.so.1.1'), { whole: 'libcrypto', stem: 'libcrypto', version: '1.1' })
  deepEqual(splitName('lib/libruby-3.1.so.3.1.2'), { whole: 'libruby-3.1', stem: 'libruby', version: '3.1' })
  deepEqual(splitName('p/psycopg2_binary.libs/libssl-28bef1ac.so.1.1').stem, 'libssl')
  deepEqual(splitName('p/numpy.libs/libquadmath-96973f99-934c22de.so.0.0.0').stem, 'libquadmath')
  deepEqual(splitName('x/nginx'), { whole: 'nginx', stem: 'nginx' })
})

test('only files of known names are asked for', () => {
  const dispatch = createDispatch([binary])
  const wanted = (path: string, mode = 0o644) => {
    const entry = { path, size: 4096, mode }
    return dispatch.wanted(entry).length + dispatch.wantedIfExecutable(entry).length > 0
  }
  ok(wanted('usr/lib/x86_64-linux-gnu/libssl.so.3') && wanted('lib/libz.so.1.2.13') && wanted('usr/bin/php8.2', 0o755))
  ok(!wanted('usr/lib/libwhatever.so.3') && !wanted('usr/share/man/man1/git.1') && !wanted('usr/bin/true', 0o755))
})

test('every classifier has names, a CPE and bounded signals', () => {
  for (const { product, names, cpe, signals } of classifiers) {
    ok(names.length > 0 && cpe.length > 0 && signals.length > 0, product)
    for (const { near, pattern, before } of signals) {
      ok(near.length >= 3 && before <= 200, `${product}: ${near}`)
      ok(!/[*+](?!\?)/.test(pattern.source.replace(/\\[*+]/g, '')), `${product}: ${pattern.source} is unbounded`)
    }
  }
})

test('a file of nothing but beginnings is refused', () => {
  const bytes = Buffer.concat([program(''), Buffer.from('nginx/'.repeat(2_000_000))])
  equal(binary.parse(memoryFile({ path: 'usr/sbin/nginx', size: bytes.length, mode: 0o755 }, bytes)), undefined)
})

test('CPE names escape what the form reserves', () => {
  equal(cpeOf('erlang:erlang/otp', '25.2+1'), 'cpe:2.3:a:erlang:erlang\\/otp:25.2\\+1:*:*:*:*:*:*:*')
})
