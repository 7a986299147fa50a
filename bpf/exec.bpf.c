/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
 * A program was started: who, what, from which file; and its end, when the file is foreign to the image and the policy says block.
 * The signal is delivered before the first instruction of the new program.
 */
#include "file.h"
#include "task.h"

#define SIGKILL 9
#define ARGUMENTS 4095

static __always_inline bool starts(const char *comm, const char *word, int length)
{
	for (int i = 0; i < length; i++)
		if (comm[i] != word[i])
			return false;
	return true;
}
/* A runtime starts outside of every container; what it forks belongs to it until that executes a program in another mount namespace. */
static __always_inline void mark_runtime(struct task_struct *task)
{
	char comm[16];
	BPF_CORE_READ_INTO(&comm, task, comm);
	if (starts(comm, "runc", 4) || starts(comm, "crun", 4) || starts(comm, "youki", 5))
		bpf_task_storage_get(&runtimes, task, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
}

static __always_inline void put_exec(struct task_struct *task, struct file *file)
{
	struct signal_struct *signal = BPF_CORE_READ(task, signal);
	struct mm_struct *mm = BPF_CORE_READ(task, mm);
	u64 argv = BPF_CORE_READ(mm, arg_start), env = BPF_CORE_READ(mm, env_start);
	struct exec_info info = {
		.ppid = BPF_CORE_READ(task, real_parent, tgid),
		.vpid = own_number(BPF_CORE_READ(task, group_leader, thread_pid)),
		.vpgid = own_number(BPF_CORE_READ(signal, pids[PIDTYPE_PGID])),
		.sid = host_number(BPF_CORE_READ(signal, pids[PIDTYPE_SID])),
		.tty = terminal_of(signal),
		.loginuid = -1,
		.argv_length = BPF_CORE_READ(mm, arg_end) - argv,
		.env_length = BPF_CORE_READ(mm, env_end) - env,
	};
	if (bpf_core_field_exists(task->loginuid))
		info.loginuid = BPF_CORE_READ(task, loginuid.val);
	BPF_CORE_READ_INTO(&info.comm, task, comm);
	BPF_CORE_READ_INTO(&info.parent_comm, task, real_parent, group_leader, comm);
	info.parent_started = BPF_CORE_READ(task, real_parent, group_leader, start_time);
	PUT(SLOT_EXEC, SECTION_EXEC, info);
	put_credentials(SLOT_EXEC);
	put_file(SLOT_EXEC, (u64)file, -1);
	put_cwd(SLOT_EXEC, SECTION_CWD, 0);
	put_bytes(SLOT_EXEC, argv, info.argv_length > ARGUMENTS ? ARGUMENTS : info.argv_length, SECTION_ARGV, 0);
	put_bytes(SLOT_EXEC, env, info.env_length > ARGUMENTS ? ARGUMENTS : info.env_length, SECTION_ENV, 0);
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(on_exec, struct task_struct *task, int old_pid, struct linux_binprm *bprm)
{
	u64 cgroup;
	struct group *group = watched_group(task, &cgroup);
	if (!group || !group->container[0])
		mark_runtime(task);
	if (!group || task->tgid == settings.self)
		return 0;
	if (is_runtime(task)) {
		struct task_struct *parent = BPF_CORE_READ(task, real_parent);
		/* Still where the runtime came from: it started itself again. */
		if (BPF_CORE_READ(task, nsproxy, mnt_ns) == BPF_CORE_READ(parent, nsproxy, mnt_ns) && group->container[0]) {
			count_filtered(CLASS_CRITICAL);
			return 0;
		}
		if (group->container[0])
			bpf_task_storage_delete(&runtimes, task);
	}
	struct file *file = BPF_CORE_READ(bprm, file);
	bool kill = group->policy == POLICY_BLOCK && is_foreign(SLOT_EXEC, group, cgroup, file);
	if (kill)
		bpf_send_signal(SIGKILL);
	if (is_muted(group, CLASS_CRITICAL) && !kill) {
		count_filtered(CLASS_CRITICAL);
		return 0;
	}
	count_produced(CLASS_CRITICAL);
	struct header *header = begin(SLOT_EXEC, task, cgroup, RECORD_EXEC, 0);
	if (!header)
		return 0;
	header->flags = kill ? FLAG_KILLED : 0;
	put_exec(task, file);
	return finish(SLOT_EXEC, CLASS_CRITICAL);
}
