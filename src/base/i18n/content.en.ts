/** What reports say of secrets, malware and licences, in English; content.ko.ts has the same keys. */
export const contentEn = {
  'report.secrets': 'Secrets',
  'report.malware': 'Malware',
  'report.licenses': 'Licenses',
  'report.section_secret': 'secrets',
  'report.section_malware': 'malware',
  'report.section_license': 'licenses',
  'report.category': 'Category',
  'report.rule': 'Rule',
  'report.rule_set': 'Rule set',
  'report.place': 'Place',
  'report.match': 'Match',
  'report.layer': 'Layer',
  'report.removed_in': 'deleted or replaced in a later layer ({layer}), still in the image',
  'report.added_by': 'added by layer {layer}',
  'report.fix': 'What to do',
  'report.package': 'Package',
  'report.clean_all': 'Nothing found.',
  'report.clean_all_incomplete': 'Nothing found in what could be read.',
  'report.denied': 'denied by policy',
  'fix.file':
    'Change it where it is used, then keep it out of the image: mount it as a file (docker run --secret, Kubernetes Secret) or read it from a secret store.',
  'fix.token':
    'Revoke the token at its provider and make a new one; give it to the process as a mounted secret, never as a file of the image.',
  'fix.key':
    'Replace the key everywhere it is trusted; mount the new one when the container starts (0400), from a key store.',
  'fix.env':
    'Take it out of ENV, CMD, ENTRYPOINT and LABEL: everybody who has the image can read them. Give it when the container starts, from a secret store.',
  'fix.build':
    'Change it: the history of the image shows it. Use RUN --mount=type=secret instead of ARG, ENV or a password on the command line, and build anew.',
  'fix.removed':
    'Change it: deleting a file in a later layer leaves it in the earlier one. Use RUN --mount=type=secret, or a build stage of its own, and build anew.',
} as const
