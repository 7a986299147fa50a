/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
 * A process (not a thread) was forked.
 */
#include "task.h"

SEC("tp_btf/sched_process_fork")
int BPF_PROG(on_fork, struct task_struct *parent, struct task_struct *child)
{
	u64 cgroup;
	if (is_runtime(parent))
		bpf_task_storage_get(&runtimes, child, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (child->pid != child->tgid)
		return 0;
	struct group *group = watched_group(parent, &cgroup);
	if (!group || is_runtime(parent))
		return 0;
	if (is_muted(group, CLASS_CRITICAL)) {
		count_filtered(CLASS_CRITICAL);
		return 0;
	}
	count_produced(CLASS_CRITICAL);
	if (!begin(SLOT_FORK, parent, cgroup, RECORD_FORK, 0))
		return 0;
	struct fork_info info = {
		.started = child->start_time,
		.pid = child->tgid,
		.vpid = own_number(BPF_CORE_READ(child, thread_pid)),
	};
	PUT(SLOT_FORK, SECTION_FORK, info);
	return finish(SLOT_FORK, CLASS_CRITICAL);
}
