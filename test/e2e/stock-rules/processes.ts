import { byOptions, byPerl, byShell, end, perl, type RuleCase } from './case.ts'
import { call } from './perl.ts'

/** Four bytes that no kernel takes for a module. */
const loadNothing = `$m = "none"; $o = ""; ${call('init_module', '$m', '4', '$o')}`

const privileged = { act: ['--privileged'], nearMiss: [] }

/** Rules about programs and system calls. */
export const processRules: readonly RuleCase[] = [
  {
    rule: 'Run shell untrusted',
    act: { script: perl('system("sh", "-c", "id")', 'nginx') },
    nearMiss: { script: perl('system("id")', 'nginx') },
  },
  {
    rule: 'System user interactive',
    act: { script: perl('system("id")', 'sshd'), options: ['--user', 'www-data'] },
    nearMiss: { script: perl('system("id")', 'sshd') },
  },
  byOptions('Terminal shell in container', ':', { act: ['--tty'], nearMiss: [] }),
  byShell('Search Private Keys or Passwords', 'grep -r "BEGIN RSA PRIVATE" /opt', 'grep -r "BEGIN CERTIFICATE" /opt'),
  byShell('Remove Bulk Data from Disk', 'shred /tmp/file', 'true /tmp/shred'),
  {
    rule: 'Linux Kernel Module Injection Detected',
    act: { script: perl(loadNothing), options: ['--cap-add', 'SYS_MODULE'] },
    nearMiss: { script: perl(loadNothing) },
  },
  byOptions('Debugfs Launched in Privileged Container', 'debugfs', privileged),
  byPerl(
    'PTRACE attached to process',
    `$p = fork(); if ($p == 0) { sleep 1; exit } ${call('ptrace', '16', '$p', '0', '0')}; kill 9, $p`,
    `$p = fork(); if ($p == 0) { sleep 1; exit } ${call('ptrace', '7', '$p', '0', '0')}; kill 9, $p`,
  ),
  byPerl('PTRACE anti-debug attempt', call('ptrace', '0', '0', '0', '0'), call('ptrace', '7', '0', '0', '0')),
  byShell('Find AWS Credentials', 'grep -r aws_secret_access_key /opt', 'grep -r aws_region /opt'),
  {
    rule: 'Execution from /dev/shm',
    act: { script: 'cp /usr/bin/true /dev/shm/t; /dev/shm/t', options: ['--tmpfs', '/dev/shm:rw,exec'] },
    nearMiss: { script: `cp /usr/bin/true /mnt/t; /mnt/t; ${end}`, options: ['--tmpfs', '/mnt:rw,exec'] },
  },
  byShell(
    'Drop and execute new binary in container',
    'cp /usr/bin/true /opt/dropped; /opt/dropped',
    'cp /usr/bin/true /opt/dropped; true',
  ),
  {
    rule: 'DB program spawned process',
    act: { script: perl('system("id")', 'postgres') },
    nearMiss: { script: perl('system("postgres", "-e", "1")', 'postgres') },
  },
  {
    rule: 'Change thread namespace',
    act: { script: perl(`open N, "<", "/proc/self/ns/uts"; ${call('setns', 'fileno(N)', '0')}`) },
    nearMiss: { script: perl(`open N, "<", "/proc/self/ns/uts"; ${call('setns', 'fileno(N)', '0')}`, 'calico') },
  },
  {
    rule: 'Change namespace privileges via unshare',
    act: { script: perl(call('unshare', '0x10000000')) },
    nearMiss: { script: perl(call('unshare', '0x10000000')), options: ['--cap-add', 'SYS_ADMIN'] },
  },
  byOptions('Launch Privileged Container', ':', privileged),
  byOptions('Launch Excessively Capable Container', ':', { act: ['--cap-add', 'SYS_PTRACE'], nearMiss: [] }),
  byOptions('Non sudo setuid', `perl -e '${call('setuid', '$<+0')}'`, {
    act: ['--user', 'drill'],
    nearMiss: [],
  }),
  byOptions('Launch Package Management Process in Container', 'apt-get install', {
    act: [],
    nearMiss: ['--user', '_apt'],
  }),
  byShell('Launch Remote File Copy Tools in Container', 'scp /tmp/a b:', 'cp /opt/data/file /tmp/scp'),
  byShell('Mount Launched in Privileged Container', 'mount -t tmpfs none /mnt', 'mount -l', ['--privileged']),
  byShell(
    'Potential Local Privilege Escalation via Environment Variables Misuse',
    'GLIBC_TUNABLES=glibc.malloc.check=0 id',
    'GLIBC_TUNED=glibc.malloc.check=0 id',
  ),
  byPerl('BPF Program Not Profiled', call('bpf', '5', '0', '0'), call('bpf', '0', '0', '0')),
  { rule: 'User mgmt binaries', program: 'usermod' },
]
