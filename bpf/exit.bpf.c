/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
 * The last thread of a process ended.
 */
#include "sensor.h"

SEC("tp_btf/sched_process_exit")
int BPF_PROG(on_exit, struct task_struct *task)
{
	u64 cgroup;
	if (task->signal->live.counter != 0)
		return 0;
	struct group *group = watched_group(task, &cgroup);
	if (!group || is_runtime(task))
		return 0;
	count_produced(CLASS_CRITICAL);
	struct header *header = begin(SLOT_EXIT, task, cgroup, RECORD_EXIT, 0);
	if (!header)
		return 0;
	header->result = task->exit_code;
	return finish(SLOT_EXIT, CLASS_CRITICAL);
}
