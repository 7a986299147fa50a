import { type Classifier, signal } from '../classifier.ts'

/** Shells and everyday tools. */
export const tools: Classifier[] = [
  {
    // In BusyBox's own images the file is `[` and every other name a hard link to it.
    product: 'busybox',
    cpe: ['busybox:busybox'],
    names: ['busybox', '[', 'busybox.nosuid', 'busybox.suid', 'busybox.static', 'busybox-static'],
    signals: [signal('BusyBox v', 'BusyBox v{v}')],
  },
  {
    product: 'bash',
    cpe: ['gnu:bash'],
    names: ['bash'],
    signals: [signal('@(#)Bash version ', '@\\(#\\)Bash version {v}')],
  },
  {
    product: 'git',
    cpe: ['git-scm:git', 'git:git'],
    names: ['git', 'git-daemon', 'git-http-backend', 'git-remote-http', 'git-shell', 'scalar'],
    signals: [signal('GIT_USER_AGENT', 'git/{v}[^\0]{0,32}\0GIT_USER', 64), signal('git/', 'git/{v}\0')],
  },
  {
    product: 'gawk',
    cpe: ['gnu:gawk'],
    names: ['gawk'],
    signals: [signal('GNU Awk ', 'GNU Awk {v}')],
  },
  {
    product: 'jq',
    cpe: ['jqlang:jq', 'jq_project:jq'],
    names: ['jq'],
    signals: [
      signal('jq: error (at ', '\0{v}\0[^\0]{0,8}\0[^\0]{0,4}\0?jq: error', 32),
      signal('jq-', '\0jq-{v}\0', 1),
    ],
  },
  {
    product: 'sudo',
    cpe: ['sudo_project:sudo', 'todd_miller:sudo'],
    names: ['sudo'],
    signals: [signal('Sudo version %s', 'Sudo version %s\\n\0(\\d\\.\\d{1,2}\\.\\d{1,2}(?:p\\d{1,2})?)\0')],
  },
  {
    product: 'vim',
    cpe: ['vim:vim'],
    names: ['vim', 'vi', 'vim.tiny', 'vim.basic', 'gvim'],
    signals: [signal('VIM - Vi IMproved ', 'VIM - Vi IMproved {v}')],
  },
  {
    product: 'tcpdump',
    cpe: ['tcpdump:tcpdump'],
    names: ['tcpdump'],
    signals: [signal('%s version ', '%s version {v}\\n')],
  },
  {
    product: 'util-linux',
    cpe: ['kernel:util-linux'],
    names: ['nsenter', 'unshare', 'mount', 'su', 'runuser'],
    signals: [signal('util-linux ', '\0util-linux {v}\0', 1)],
  },
  {
    product: 'qemu',
    cpe: ['qemu:qemu'],
    names: ['qemu-system-x86_64', 'qemu-system-aarch64', 'qemu-aarch64-static', 'qemu-x86_64-static', 'qemu-img'],
    signals: [
      signal('QEMU emulator version ', 'QEMU emulator version {v}'),
      signal(' version ', 'qemu-\\S{1,20} version {v}', 24),
    ],
  },
  {
    product: 'gnupg',
    cpe: ['gnupg:gnupg'],
    names: ['gpg', 'gpg2'],
    signals: [signal('OpenPGP server ', 'OpenPGP server {v} ready')],
  },
]
