/** Rules of the hard days: each hears one thing that a test does. */
export const hardDayRules = `
- macro: written
  condition: (evt.type in (open, openat, openat2, creat) and evt.is_open_write = true)
- rule: Program started
  desc: d
  condition: evt.type in (execve, execveat) and container.id != host
  output: started | exepath=%proc.exepath name=%proc.name exe=%proc.exe args=%proc.args pname=%proc.pname
  priority: DEBUG
- rule: Foreign program
  desc: d
  condition: evt.type in (execve, execveat) and proc.is_exe_upper_layer = true
  output: foreign | exepath=%proc.exepath name=%proc.name exe=%proc.exe
  priority: CRITICAL
- rule: Key planted
  desc: d
  condition: written and fd.name endswith authorized_keys
  output: planted | name=%fd.name
  priority: CRITICAL
- rule: Flood
  desc: d
  condition: written and fd.name startswith /tmp/flood
  output: flood | name=%fd.name
  priority: DEBUG
- rule: Mark
  desc: d
  condition: written and fd.name startswith /tmp/mark
  output: mark | name=%fd.name
  priority: DEBUG
`
