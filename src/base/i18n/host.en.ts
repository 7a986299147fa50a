/** What `jenner host` says, in English; host.ko.ts has the same keys. */
export const hostEn = {
  'host.risks': 'How this machine and its containers are set up: {count} risks',
  'host.noRuntime': 'no container runtime answers, its containers were not looked at: {reason}',
  'host.otherFormat': '{count} risks of the set-up are not in {format}; they are in table and json',
}
