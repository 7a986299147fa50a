/** Whose cgroup tells a container (enum controller of bpf/record.h): the pids or memory controller where it is of version 1, else the unified hierarchy. */
export function controllerOf(own: string): number {
  if (/^\d+:(?:[^:]*,)?pids(?:,[^:]*)?:/m.test(own)) return 1
  return /^\d+:(?:[^:]*,)?memory(?:,[^:]*)?:/m.test(own) ? 2 : 0
}
