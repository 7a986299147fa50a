/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
 * What is worth telling: repeated reads of ordinary files, data on known connections and the like stop here and are counted.
 */
#ifndef JENNER_GATE_H
#define JENNER_GATE_H
#include "file.h"

#define O_ACCMODE 3
#define O_CREAT 0100
#define O_TRUNC 01000
#define PROT_EXEC 4
#define MAP_ANONYMOUS 0x20
#define ENOENT 2
#define ENOTDIR 20
#define SIGKILL 9

enum verdict { PASS = 0, FILTER = 1, NOT_AN_EVENT = 2, KILL = 3, PASS_CHANGED = 4 };

/* Whether this is the first time, remembered together with what was found out then. */
static __always_inline u32 *recall(struct seen_key *key, u64 cgroup, struct inode *inode, u32 purpose)
{
	key->cgroup = cgroup;
	key->inode = BPF_CORE_READ(inode, i_ino);
	key->device = BPF_CORE_READ(inode, i_sb, s_dev);
	key->purpose = purpose;
	return bpf_map_lookup_elem(&seen, key);
}

/* Whether reads of the file always count: by the start of its path or by its own name. The longest known start decides. */
__noinline int is_sensitive(u64 file_address)
{
	struct file *file = (struct file *)file_address;
	u32 slot = SLOT_SYSCALL;
	struct scratch *scratch = bpf_map_lookup_elem(&scratches, &slot);
	if (!scratch)
		return 1;
	struct name_key leaf = {};
	bpf_probe_read_kernel_str(leaf.name, NAME_LENGTH, BPF_CORE_READ(file, f_path.dentry, d_name.name));
	if (bpf_map_lookup_elem(&names, &leaf))
		return 1;
	u32 start = walk(slot, (u64)BPF_CORE_READ(file, f_path.mnt), (u64)BPF_CORE_READ(file, f_path.dentry));
	if (start >= SECTION_MAX)
		return 0;
	struct prefix_key key = {};
	u32 length = SECTION_MAX - start;
	if (length > PREFIX_LENGTH)
		length = PREFIX_LENGTH;
	bpf_probe_read_kernel(key.path, PREFIX_LENGTH, scratch->path + MASKED(start, SECTION_MAX - 1));
	key.bits = length * 8;
	u32 *sensitive = bpf_map_lookup_elem(&prefixes, &key);
	return sensitive && *sensitive;
}

static __always_inline int gate_open(struct task_struct *task, u64 cgroup, s64 result)
{
	if (result < 0)
		return result == -ENOENT || result == -ENOTDIR ? FILTER : PASS;
	struct file *file = file_of(task, result);
	if (!file)
		return PASS;
	struct inode *inode = BPF_CORE_READ(file, f_inode);
	u32 flags = BPF_CORE_READ(file, f_flags);
	bool device = (BPF_CORE_READ(inode, i_mode) & S_IFMT) == S_IFCHR;
	if ((flags & (O_ACCMODE | O_TRUNC)) && !device)
		return PASS;
	struct seen_key key = {};
	u32 *known = recall(&key, cgroup, inode, SEEN_OPEN);
	if (known)
		return *known ? PASS : FILTER;
	u32 sensitive = is_sensitive((u64)file);
	bpf_map_update_elem(&seen, &key, &sensitive, BPF_ANY);
	return PASS;
}

static __always_inline int first_time(u64 cgroup, struct inode *inode, u32 purpose)
{
	struct seen_key key = {};
	u32 value = 1;
	if (recall(&key, cgroup, inode, purpose))
		return FILTER;
	bpf_map_update_elem(&seen, &key, &value, BPF_ANY);
	return PASS;
}

static __always_inline int gate_map(struct task_struct *task, struct group *group, u64 cgroup, u64 *args, s64 result)
{
	if (!(args[2] & PROT_EXEC))
		return NOT_AN_EVENT;
	if (result < 0 && result > -4096)
		return FILTER;
	if (args[3] & MAP_ANONYMOUS)
		return first_time(cgroup, BPF_CORE_READ(task, mm, exe_file, f_inode), SEEN_ANONYMOUS);
	struct file *file = file_of(task, args[4]);
	if (!file)
		return FILTER;
	struct inode *inode = BPF_CORE_READ(file, f_inode);
	u32 marks = marks_of(inode, BPF_CORE_READ(file, f_path.dentry));
	if (group->policy == POLICY_BLOCK && is_foreign(cgroup, marks, BPF_CORE_READ(inode, i_ino), BPF_CORE_READ(inode, i_sb, s_dev)))
		return KILL;
	return first_time(cgroup, inode, SEEN_MAP);
}

static __always_inline bool is_socket(struct file *file)
{
	return (BPF_CORE_READ(file, f_inode, i_mode) & S_IFMT) == S_IFSOCK;
}

/* The first message between a socket and a peer, each way. */
static __always_inline int gate_data(struct task_struct *task, s32 number, u64 address, u32 direction, s64 result)
{
	struct file *file = file_of(task, number);
	struct peer_key key = { .direction = direction };
	u32 value = 1;
	if (!file || !is_socket(file))
		return FILTER;
	if (result == -11)
		return FILTER;
	struct { u16 family; __be16 port; u32 v4; u8 v6[16]; } to = {};
	key.socket = BPF_CORE_READ(file, f_inode, i_ino);
	if (address && !bpf_probe_read_user(&to, sizeof(to), (void *)address)) {
		key.port = to.port;
		if (to.family == AF_INET)
			key.low = to.v4;
		else if (to.family == AF_INET6)
			__builtin_memcpy(&key.high, to.v6, 16);
	}
	if (bpf_map_lookup_elem(&peers, &key))
		return FILTER;
	bpf_map_update_elem(&peers, &key, &value, BPF_ANY);
	return PASS_CHANGED;
}

/* Reading of registers and memory is what a debugger does all day. */
static __always_inline int gate_ptrace(u64 request)
{
	bool telling = request == 0 || (request >= 4 && request <= 6) || request == 13 || request == 16 || request == 0x4205 || request == 0x4206;
	return telling ? PASS : FILTER;
}
#endif
