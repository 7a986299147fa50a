import { type Classifier, signal } from '../classifier.ts'

/** Web servers, proxies, name servers, mail, remote shells. */
export const servers: Classifier[] = [
  {
    product: 'nginx',
    cpe: ['f5:nginx', 'nginx:nginx'],
    names: ['nginx', 'nginx-debug'],
    signals: [signal('Server: nginx/', 'Server: nginx/{v}'), signal('nginx/', '\0nginx/{v}\0', 1)],
    also: ['nginx.conf'],
  },
  {
    product: 'openresty',
    cpe: ['openresty:openresty'],
    names: ['nginx', 'openresty'],
    signals: [signal('Server: openresty/', 'Server: openresty/{v}')],
  },
  {
    product: 'httpd',
    cpe: ['apache:http_server'],
    names: ['httpd', 'apache2'],
    signals: [signal('Apache/', 'Apache/{v}[ \0]')],
    also: ['ap_hook_', 'httpd.conf', 'apache2.conf'],
  },
  {
    product: 'lighttpd',
    cpe: ['lighttpd:lighttpd'],
    names: ['lighttpd', 'lighttpd-angel'],
    signals: [signal('lighttpd/', 'lighttpd/{v}')],
  },
  {
    product: 'haproxy',
    cpe: ['haproxy:haproxy'],
    names: ['haproxy'],
    signals: [signal(', released 20', ' version {v}[^\\0,]{0,60}, released', 80), signal('HAProxy/', 'HAProxy/{v}')],
  },
  {
    product: 'squid',
    cpe: ['squid-cache:squid'],
    names: ['squid'],
    signals: [signal('squid/', '\0squid/{v}[^\0]{0,24}\0', 1)],
  },
  {
    product: 'varnish',
    cpe: ['varnish-cache:varnish_cache', 'varnish-software:varnish_cache'],
    names: ['varnishd', 'libvarnishapi'],
    signals: [signal('varnish-', '\\(?varnish-{v} revision')],
  },
  {
    product: 'bind',
    cpe: ['isc:bind'],
    names: ['named'],
    signals: [signal('BIND ', '\0(?:named version: )?BIND {v}', 16)],
  },
  {
    product: 'dnsmasq',
    cpe: ['thekelleys:dnsmasq'],
    names: ['dnsmasq'],
    signals: [signal('dnsmasq-', '\0dnsmasq-{v}\0', 1)],
  },
  {
    product: 'unbound',
    cpe: ['nlnetlabs:unbound'],
    names: ['unbound', 'unbound-control', 'unbound-checkconf'],
    signals: [signal('unbound ', '\0unbound {v}\0', 1)],
  },
  {
    product: 'dropbear',
    cpe: ['dropbear_ssh_project:dropbear_ssh', 'matt_johnston:dropbear_ssh'],
    names: ['dropbear', 'dropbearmulti', 'dbclient'],
    signals: [signal('SSH-2.0-dropbear_', 'SSH-2\\.0-dropbear_{v}')],
  },
  {
    product: 'openssh',
    cpe: ['openbsd:openssh'],
    names: ['sshd', 'ssh', 'ssh-keyscan'],
    signals: [signal('OpenSSH_', 'OpenSSH_(\\d{1,2}\\.\\d{1,2}(?:\\.\\d)?p\\d)')],
  },
  {
    product: 'exim',
    cpe: ['exim:exim'],
    names: ['exim', 'exim4'],
    signals: [signal('<<eximcnumber>>', '<<eximcnumber>>\0{v}\0')],
  },
  {
    product: 'postfix',
    cpe: ['postfix:postfix'],
    names: ['postconf', 'smtpd', 'qmgr', 'postqueue'],
    signals: [signal('mail_version=', 'mail_version={v}')],
  },
  {
    product: 'proftpd',
    cpe: ['proftpd:proftpd'],
    names: ['proftpd'],
    signals: [signal('ProFTPD Version ', 'ProFTPD Version (\\d\\.\\d\\.\\d{1,2}(?:rc\\d|[a-z])?)')],
  },
  {
    product: 'vsftpd',
    cpe: ['vsftpd_project:vsftpd', 'beasts:vsftpd'],
    names: ['vsftpd'],
    signals: [signal('vsFTPd ', 'vsFTPd {v}\\)')],
  },
  {
    product: 'mosquitto',
    cpe: ['eclipse:mosquitto'],
    names: ['mosquitto'],
    signals: [signal('mosquitto version %s', '\0{v}\0mosquitto version', 24)],
  },
  {
    product: 'openldap',
    cpe: ['openldap:openldap'],
    names: ['slapd'],
    signals: [signal('OpenLDAP: slapd ', 'OpenLDAP: slapd {v}')],
  },
  {
    product: 'stunnel',
    cpe: ['stunnel:stunnel'],
    names: ['stunnel', 'stunnel4'],
    signals: [signal('stunnel ', '\0stunnel {v} on ', 1)],
  },
]
