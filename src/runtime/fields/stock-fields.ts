/** The fields that Falco's stock rule files (stable, incubating, sandbox; June 2026) use, in conditions or outputs; the one that needs an argument with the one it has there. */
export const stockFields: readonly string[] = `
fd.name proc.name proc.cmdline container.image.repository proc.aname proc.pname evt.type proc.args fd.directory fd.typechar proc.pcmdline
user.name evt.arg.path container.mount.dest[/proc*] proc.pexe evt.rawres proc.exe thread.cap_permitted evt.arg.name evt.arg.oldpath evt.arg.uid
evt.res fd.net fd.num k8s.ns.name fd.ip fd.l4proto fd.sport evt.arg.newpath evt.arg.request container.id evt.arg.mode evt.arg.flags
evt.is_open_read fd.connected fd.filename fd.name_changed fd.sip.name fd.snet user.uid container.privileged evt.is_open_write evt.num
proc.tty proc.vpid thread.cap_effective evt.arg.cmd evt.arg.target fd.nameraw fd.sip fd.type proc.cwd proc.env user.loginuid evt.arg.domain
evt.arg.filename evt.buffer evt.is_open_exec fd.cip fd.cip.name fd.cnet fd.port fd.rnet fd.sockfamily k8s.pod.name proc.aexe proc.duration
proc.exepath proc.is_exe_from_memfd proc.is_exe_upper_layer proc.is_vpgid_leader container.mounts container.start_ts evt.arg.fd
evt.arg.linkpath evt.args fd.lip.name fd.lport fd.rip fd.rip.name fd.rport group.gid group.name proc.aexepath proc.exe_ino.ctime
proc.exe_ino.ctime_duration_proc_start proc.exe_ino.mtime proc.pexepath proc.sname user.loginname`
  .trim()
  .split(/\s+/)
