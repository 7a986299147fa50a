/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
 * The first use of each capability by each program of a container.
 */
#include "file.h"

SEC("tp_btf/cap_capable")
int BPF_PROG(on_capable, const struct cred *cred, struct user_namespace *target, const struct user_namespace *own, int capability, int result)
{
	u64 cgroup;
	struct task_struct *task = bpf_get_current_task_btf();
	if (task->flags & PF_KTHREAD)
		return 0;
	struct group *group = watched_group(task, &cgroup);
	struct mm_struct *memory = task->mm;
	if (!group || !memory || is_runtime(task))
		return 0;
	struct file *exe = memory->exe_file;
	if (!exe)
		return 0;
	struct inode *inode = exe->f_inode;
	struct seen_key key = {
		.cgroup = cgroup,
		.inode = inode->i_ino,
		.device = inode->i_sb->s_dev,
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
