/** Command lines that `--help` shows, by verb: the first things people do with it. */
export const examples: Readonly<Record<string, readonly string[]>> = {
  'jenner image': [
    'jenner image shop:1.0',
    'jenner image --input shop.tar --severity HIGH,CRITICAL --fail-on CRITICAL',
    'jenner image registry:ghcr.io/team/shop:1.0 --scanners vuln,secret,malware,license',
    'jenner image shop:1.0 -o table -o json=shop.json -o sarif=shop.sarif',
    'jenner image --from-file compose.yml',
  ],
  'jenner fs': ['jenner fs .', 'jenner fs . --scanners vuln,secret,license --ignore-unfixed --exit-code 1'],
  'jenner rootfs': ['jenner rootfs /mnt/root'],
  'jenner repo': [
    'jenner repo https://github.com/team/shop --branch main',
    'jenner repo . --history --scanners secret --secret-baseline known.json',
  ],
  'jenner sbom': ['jenner sbom bom.json', 'syft shop:1.0 -o cyclonedx-json | jenner sbom -'],
  'jenner host': ['jenner host --severity HIGH,CRITICAL'],
  'jenner explain': [
    'jenner explain CVE-2021-44228 shop:1.0',
    'jenner explain GHSA-35jh-r3h4-6jhm .',
    'jenner explain generic-secret shop:1.0',
  ],
  'jenner convert': [
    'jenner convert shop.json -f html -o shop.html',
    'jenner convert shop.json -f \'{{range .Results}}{{.Target}}{{"\\n"}}{{end}}\'',
  ],
  'jenner db update': ['jenner db update', 'jenner db update --url ./advisories.jdb'],
  'jenner db build': ['jenner db build --from feeds/ -o advisories.jdb'],
  'jenner db status': ['jenner db status', "jenner db status -f '{{.Database.builtAt}}'"],
  'jenner db delta': ['jenner db delta yesterday.jdb today.jdb -o today.delta'],
  'jenner db apply': ['jenner db apply advisories.jdb today.delta'],
  'jenner completion': ['jenner completion bash > /etc/bash_completion.d/jenner'],
  'jenner settings': ['JENNER_SEVERITY=HIGH,CRITICAL jenner settings'],
}
