/** What `jenner host` says, in English; host.ko.ts has the same keys. */
export const hostEn = {
  'host.risks': 'How this machine and its containers are set up: {count} {count:risk|risks}',
  'host.noRuntime': 'no container runtime answers, its containers were not looked at: {reason}',
  'host.otherFormat':
    '{count} {count:risk|risks} of the set-up {count:is|are} not in {format}; {count:it is|they are} in table and json',
}
