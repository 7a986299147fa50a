/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
 * The first use of each capability by each program of a container.
 */
#include "file.h"

SEC("tp_btf/cap_capable")
int BPF_PROG(on_capable, const struct cred *cred, struct user_namespace *target, const struct user_namespace *own, int capability, int result)
{
	u64 cgroup;
	struct task_struct *task = bpf_get_current_task_btf();
	struct group *group = watched_group(task, &cgroup);
	if (!group || (task->flags & PF_KTHREAD) || is_runtime(task))
		return 0;
	struct inode *exe = BPF_CORE_READ(task, mm, exe_file, f_inode);
	struct seen_key key = {
		.cgroup = cgroup,
		.inode = BPF_CORE_READ(exe, i_ino),
		.device = BPF_CORE_READ(exe, i_sb, s_dev),
		.purpose = 2048 + capability * 2 + (result != 0),
	};
	u32 value = 1;
	if (bpf_map_lookup_elem(&seen, &key))
		return 0;
	bpf_map_update_elem(&seen, &key, &value, BPF_ANY);
	count_produced(CLASS_FILE);
	struct header *header = begin(SLOT_CAPABLE, task, cgroup, RECORD_CAPABLE, capability);
	if (!header)
		return 0;
	header->result = result;
	return finish(SLOT_CAPABLE, CLASS_FILE);
}
