/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
 * What is worth telling: repeated reads of ordinary files, data on known connections and the like stop here and are counted.
 */
#ifndef JENNER_GATE_H
#define JENNER_GATE_H
#include "file.h"
#include "script.h"

#define O_ACCMODE 3
#define O_CREAT 0100
#define O_TRUNC 01000
#define PROT_EXEC 4
#define MAP_ANONYMOUS 0x20
#define ENOENT 2
#define ENOTDIR 20
#define SIGKILL 9

enum verdict {
	PASS = 0,
	FILTER = 1,
	NOT_AN_EVENT = 2,
	KILL = 3,
	PASS_CHANGED = 4,
	PASS_URGENT = 5, /* goes on the critical ring */
	PASS_REPEAT = 6, /* the first to be lost when the ring fills */
};

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

/* How many sensitive files a second of one container may be told on the critical ring: more would fill it. */
#define URGENT_A_SECOND 200
static __always_inline bool is_urgent(struct group *group)
{
	u32 second = (u32)(bpf_ktime_get_ns() >> 30) << 16;
	u32 count = (group->urgent & 0xffff0000) == second ? group->urgent & 0xffff : 0;
	group->urgent = second | ((count + 1) & 0xffff);
	return count < URGENT_A_SECOND;
}

/* A file opened for writing: told always, and where it is a sensitive one, on the ring that other files cannot fill. */
static __always_inline int gate_write(struct group *group, u64 cgroup, struct file *file, struct open_file *open)
{
	struct seen_key key = { .cgroup = cgroup, .inode = open->inode, .device = open->device, .purpose = TOLD_WRITE };
	u32 *known = bpf_map_lookup_elem(&told, &key);
	u32 sensitive = known ? *known : is_sensitive((u64)file);
	if (!known)
		bpf_map_update_elem(&told, &key, &sensitive, BPF_ANY);
	if (sensitive)
		return is_urgent(group) ? PASS_URGENT : PASS;
	return known ? PASS_REPEAT : PASS;
}

static __always_inline int gate_open(struct task_struct *task, struct group *group, u64 cgroup, u64 *args, s64 result)
{
	if (result < 0)
		return result == -ENOENT || result == -ENOTDIR ? FILTER : PASS;
	struct file *file = file_of(task, result);
	if (!file)
		return PASS;
	struct open_file open;
	look_at(&open, file);
	if ((open.flags & (O_ACCMODE | O_TRUNC)) && (open.mode & S_IFMT) != S_IFCHR)
		return gate_write(group, cgroup, file, &open);
	if (group->policy == POLICY_BLOCK && (open.mode & S_IFMT) == S_IFREG && is_foreign(SLOT_SYSCALL, group, cgroup, file) &&
	    runs_script((u64)file, args[0], args[1]))
		return KILL;
	struct seen_key key = { .cgroup = cgroup, .inode = open.inode, .device = open.device, .purpose = SEEN_OPEN };
	u32 *known = bpf_map_lookup_elem(&seen, &key);
	if (known)
		return *known ? PASS : FILTER;
	u32 sensitive = is_sensitive((u64)file);
	bpf_map_update_elem(&seen, &key, &sensitive, BPF_ANY);
	return PASS;
}

static __always_inline int first_time(u64 cgroup, struct file *file, u32 purpose)
{
	struct inode *inode = BPF_CORE_READ(file, f_inode);
	struct seen_key key = {
		.cgroup = cgroup,
		.inode = BPF_CORE_READ(inode, i_ino),
		.device = BPF_CORE_READ(inode, i_sb, s_dev),
		.purpose = purpose,
	};
	u32 value = 1;
	if (bpf_map_lookup_elem(&seen, &key))
		return FILTER;
	bpf_map_update_elem(&seen, &key, &value, BPF_ANY);
	return PASS;
}

static __always_inline int gate_map(struct task_struct *task, struct group *group, u64 cgroup, u64 *args, s64 result)
{
	if (result < 0 && result > -4096)
		return FILTER;
	if (args[3] & MAP_ANONYMOUS)
		return first_time(cgroup, BPF_CORE_READ(task, mm, exe_file), SEEN_ANONYMOUS);
	struct file *file = file_of(task, args[4]);
	if (!file)
		return FILTER;
	if (group->policy == POLICY_BLOCK && is_foreign(SLOT_SYSCALL, group, cgroup, file))
		return KILL;
	return first_time(cgroup, file, SEEN_MAP);
}

struct mapping { u64 file; };
static long look_at_mapping(struct task_struct *task, struct vm_area_struct *area, struct mapping *mapping)
{
	mapping->file = (u64)BPF_CORE_READ(area, vm_file);
	return 0;
}

/* Memory made executable: of a foreign file it is what mmap with PROT_EXEC would have been. */
static __always_inline int gate_protect(struct task_struct *task, struct group *group, u64 cgroup, u64 *args)
{
	if (group->policy == POLICY_BLOCK && bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_find_vma)) {
		struct mapping mapping = {};
		bpf_find_vma(task, args[0], look_at_mapping, &mapping, 0);
		u32 slot = SLOT_SYSCALL;
		struct scratch *scratch = bpf_map_lookup_elem(&scratches, &slot);
		if (scratch && mapping.file && is_foreign(SLOT_SYSCALL, group, cgroup, (struct file *)mapping.file)) {
			scratch->mapped = mapping.file;
			return KILL;
		}
	}
	return first_time(cgroup, BPF_CORE_READ(task, mm, exe_file), SEEN_ANONYMOUS);
}

/* Whether this program has done the same before: the same call, or a connection to the same place. */
static __always_inline bool is_repeat(struct task_struct *task, u64 cgroup, u64 number, u64 address)
{
	struct seen_key key = { .cgroup = cgroup, .inode = task->tgid, .device = number, .purpose = TOLD_CALL };
	u64 words[3] = {};
	u32 value = 1;
	if (address && !bpf_probe_read_user(words, sizeof(words), (void *)address))
		key.inode ^= words[0] * 0x9e3779b97f4a7c15ull + words[1] * 0xc2b2ae3d27d4eb4full + words[2] * 0x165667b19e3779f9ull;
	if (bpf_map_lookup_elem(&told, &key))
		return true;
	bpf_map_update_elem(&told, &key, &value, BPF_ANY);
	return false;
}

static __always_inline bool is_socket(struct file *file)
{
	if (bpf_rdonly_cast) {
		struct file *cast = bpf_rdonly_cast(file, bpf_core_type_id_kernel(struct file));
		return (cast->f_inode->i_mode & S_IFMT) == S_IFSOCK;
	}
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
