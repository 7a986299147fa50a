import { docker } from '../../../src/runtime/drill/docker.ts'
import { buildImage } from '../../../src/runtime/drill/image.ts'

/** Names under which rules know a program: the harmless `true` answers to these, */
const idle = 'nc wget curl crontab apt-get scp debugfs mount shred nmap usermod'.split(' ')
/** and Perl, which does what it is told, to these. */
const servers = 'nginx postgres ssh sshd calico'.split(' ')

const people = ['www-data:x:33:33::/tmp:/bin/sh', '_apt:x:42:65534::/tmp:/bin/sh']

/** The small image of this machine's programs, with the names, the users and the made-up files that the acts need. */
export function buildStockImage(name: string): void {
  buildImage(name)
  const script = [
    ...idle.map(program => `ln -s true /usr/bin/${program}`),
    ...servers.map(program => `ln -s perl /usr/bin/${program}`),
    ...people.map(line => `echo '${line}' >> /etc/passwd`),
    'echo "root:*:19000:0:99999:7:::" > /etc/shadow',
    'mkdir -p /opt/data /root/.ssh; echo text > /opt/data/file; echo "Host none" > /root/.ssh/config',
    'chmod 1777 /tmp',
  ].join(' && ')
  const maker = `${name.replace(/\W/g, '-')}-maker`
  const made = docker(['run', '--pull', 'never', '--network', 'none', '--name', maker, name, '/bin/sh', '-c', script])
  const kept = made.status === 0 ? docker(['commit', maker, name]) : made
  docker(['rm', '--force', maker])
  if (kept.status !== 0) throw new Error(kept.stderr)
}
