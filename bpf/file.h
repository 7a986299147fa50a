/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
 * Files and sockets from kernel state: paths by walking dentries across mounts, what layer an inode lies on, addresses.
 */
#ifndef JENNER_FILE_H
#define JENNER_FILE_H
#include "sensor.h"

#define OVERLAYFS_MAGIC 0x794c7630
#define TMPFS_MAGIC 0x01021994
#define S_IFMT 0170000
#define S_IFSOCK 0140000
#define S_IFREG 0100000
#define S_IFCHR 0020000
#define AF_UNIX 1
#define AF_INET 2
#define AF_INET6 10
#define AT_FDCWD (-100)
#define PATH_STEPS 48

static __always_inline struct file *file_of(struct task_struct *task, s32 number)
{
	struct fdtable *table = task->files->fdt;
	struct file *file = 0;
	if (number < 0 || number >= table->max_fds)
		return 0;
	bpf_probe_read_kernel(&file, sizeof(file), table->fd + number);
	return file;
}

/* What the gate asks of every open file. */
struct open_file {
	u64 inode;
	u32 device;
	u32 flags;
	u32 mode;
};
static __always_inline void look_at(struct open_file *open, struct file *file)
{
	if (bpf_rdonly_cast) {
		struct file *cast = bpf_rdonly_cast(file, bpf_core_type_id_kernel(struct file));
		struct inode *inode = cast->f_inode;
		open->inode = inode->i_ino;
		open->device = inode->i_sb->s_dev;
		open->mode = inode->i_mode;
		open->flags = cast->f_flags;
		return;
	}
	struct inode *inode = BPF_CORE_READ(file, f_inode);
	open->inode = BPF_CORE_READ(inode, i_ino);
	open->device = BPF_CORE_READ(inode, i_sb, s_dev);
	open->mode = BPF_CORE_READ(inode, i_mode);
	open->flags = BPF_CORE_READ(file, f_flags);
}

/* One step of a walk from a leaf to the process's root; 1 when it is over. A function of its own: the verifier looks at it once, not once a step. */
__noinline int step(u32 slot)
{
	struct scratch *scratch = bpf_map_lookup_elem(&scratches, &slot);
	if (!scratch)
		return 1;
	struct dentry *dentry = (struct dentry *)scratch->dentry;
	struct vfsmount *at = (struct vfsmount *)scratch->mount;
	struct fs_struct *fs = bpf_get_current_task_btf()->fs;
	if (dentry == fs->root.dentry && at == fs->root.mnt)
		return 1;
	if (dentry == BPF_CORE_READ(at, mnt_root)) {
		struct mount *mount = (void *)at - bpf_core_field_offset(struct mount, mnt);
		struct mount *parent = BPF_CORE_READ(mount, mnt_parent);
		if (parent == mount)
			return 1;
		scratch->dentry = (u64)BPF_CORE_READ(mount, mnt_mountpoint);
		scratch->mount = (u64)parent + bpf_core_field_offset(struct mount, mnt);
		return 0;
	}
	struct dentry *parent = BPF_CORE_READ(dentry, d_parent);
	struct qstr named = BPF_CORE_READ(dentry, d_name);
	u32 length = named.len & 255;
	u32 start = scratch->start;
	if (start < length + 1 || start > SECTION_MAX)
		return 1;
	start -= length;
	bpf_probe_read_kernel(scratch->path + MASKED(start, SECTION_MAX - 1), MASKED(length, 255), named.name);
	scratch->start = start;
	/* A file of no directory (memfd, anon_inode) has its name alone. */
	if (parent == dentry)
		return 1;
	start -= 1;
	scratch->path[MASKED(start, SECTION_MAX - 1)] = '/';
	scratch->start = start;
	scratch->dentry = (u64)parent;
	return 0;
}

/*
 * Writes a path, as its process sees it, at the end of the buffer, leaf first, and gives its start.
 * The walk ends at the process's root, at the end of the mounts, or after PATH_STEPS.
 */
__noinline int walk(u32 slot, u64 mount, u64 dentry)
{
	struct scratch *scratch = bpf_map_lookup_elem(&scratches, &slot);
	if (!scratch)
		return SECTION_MAX;
	scratch->start = SECTION_MAX;
	scratch->dentry = dentry;
	scratch->mount = mount;
	for (int i = 0; i < PATH_STEPS; i++)
		if (step(slot))
			break;
	if (scratch->start == SECTION_MAX) {
		scratch->start = SECTION_MAX - 1;
		scratch->path[SECTION_MAX - 1] = '/';
	}
	return scratch->start;
}

__noinline int put_path(u32 slot, u64 mount, u64 dentry, u32 kind, u32 argument)
{
	struct scratch *scratch = bpf_map_lookup_elem(&scratches, &slot);
	if (!scratch || !dentry)
		return 0;
	u8 *to = room(scratch);
	if (!to)
		return 0;
	u32 start = walk(slot, mount, dentry);
	if (start >= SECTION_MAX)
		return 0;
	u32 length = SECTION_MAX - start;
	if (length >= SECTION_MAX)
		return 0;
	bpf_probe_read_kernel(to, MASKED(length, SECTION_MAX - 1), scratch->path + MASKED(start, SECTION_MAX - 1));
	close_section(scratch, kind, argument, length);
	return 0;
}

/* A string of the user's memory. Gives its first byte, or a negative number. */
__noinline int put_text(u32 slot, u64 address, u32 kind, u32 argument)
{
	struct scratch *scratch = bpf_map_lookup_elem(&scratches, &slot);
	u8 *to = scratch ? room(scratch) : 0;
	if (!to || !address)
		return -1;
	long length = bpf_probe_read_user_str(to, SECTION_MAX, (void *)address);
	if (length < 1 || length > SECTION_MAX)
		return -1;
	int first = *to;
	close_section(scratch, kind, argument, length - 1);
	return first;
}

/* Bytes of the user's memory, at most SECTION_MAX - 1. */
__noinline int put_bytes(u32 slot, u64 address, u32 length, u32 kind, u32 argument)
{
	struct scratch *scratch = bpf_map_lookup_elem(&scratches, &slot);
	u8 *to = scratch ? room(scratch) : 0;
	if (!to || !address || !length)
		return 0;
	if (length > SECTION_MAX - 1)
		length = SECTION_MAX - 1;
	if (bpf_probe_read_user(to, MASKED(length, SECTION_MAX - 1), (void *)address))
		return 0;
	close_section(scratch, kind, argument, length);
	return 0;
}

static __always_inline u64 nanoseconds(s64 seconds, u64 rest)
{
	return (u64)seconds * 1000000000ull + rest;
}
static __always_inline void read_times(struct inode *inode, struct file_info *info)
{
	struct inode___v67 *v67 = (void *)inode;
	struct inode___v60 *v60 = (void *)inode;
	if (bpf_core_field_exists(inode->i_ctime_sec)) {
		info->ctime = nanoseconds(BPF_CORE_READ(inode, i_ctime_sec), BPF_CORE_READ(inode, i_ctime_nsec));
		info->mtime = nanoseconds(BPF_CORE_READ(inode, i_mtime_sec), BPF_CORE_READ(inode, i_mtime_nsec));
	} else if (bpf_core_field_exists(v67->__i_ctime)) {
		info->ctime = nanoseconds(BPF_CORE_READ(v67, __i_ctime.tv_sec), BPF_CORE_READ(v67, __i_ctime.tv_nsec));
		if (bpf_core_field_exists(v67->__i_mtime))
			info->mtime = nanoseconds(BPF_CORE_READ(v67, __i_mtime.tv_sec), BPF_CORE_READ(v67, __i_mtime.tv_nsec));
		else
			info->mtime = nanoseconds(BPF_CORE_READ(v60, i_mtime.tv_sec), BPF_CORE_READ(v60, i_mtime.tv_nsec));
	} else {
		info->ctime = nanoseconds(BPF_CORE_READ(v60, i_ctime.tv_sec), BPF_CORE_READ(v60, i_ctime.tv_nsec));
		info->mtime = nanoseconds(BPF_CORE_READ(v60, i_mtime.tv_sec), BPF_CORE_READ(v60, i_mtime.tv_nsec));
	}
}

/* overlayfs keeps its upper dentry just behind the inode (struct ovl_inode): set means that the file is not the image's. */
static __always_inline u32 marks_of(struct inode *inode, struct dentry *dentry)
{
	u64 magic = BPF_CORE_READ(inode, i_sb, s_magic);
	u32 links = BPF_CORE_READ(inode, i_nlink);
	u32 marks = links ? 0 : MARK_DELETED;
	if (BPF_CORE_READ(inode, i_mode) & 0222)
		marks |= MARK_WRITABLE;
	if (magic == OVERLAYFS_MAGIC) {
		u64 upper = 0;
		bpf_probe_read_kernel(&upper, sizeof(upper), (void *)inode + bpf_core_type_size(struct inode));
		marks |= upper ? MARK_OVERLAY | MARK_UPPER : MARK_OVERLAY;
	} else if (magic == TMPFS_MAGIC) {
		char name[8] = {};
		bpf_probe_read_kernel(name, 6, BPF_CORE_READ(dentry, d_name.name));
		marks |= MARK_TMPFS;
		if (!links && *(u32 *)name == 0x666d656d && name[4] == 'd' && name[5] == ':')
			marks |= MARK_MEMFD;
	}
	return marks;
}

static __always_inline void fill_file(struct file_info *info, struct file *file)
{
	struct inode *inode = BPF_CORE_READ(file, f_inode);
	info->inode = BPF_CORE_READ(inode, i_ino);
	info->device = BPF_CORE_READ(inode, i_sb, s_dev);
	info->mode = BPF_CORE_READ(inode, i_mode);
	info->size = BPF_CORE_READ(inode, i_size);
	info->uid = BPF_CORE_READ(inode, i_uid.val);
	info->flags = BPF_CORE_READ(file, f_flags);
	info->marks = marks_of(inode, BPF_CORE_READ(file, f_path.dentry));
	read_times(inode, info);
}

__noinline int put_socket(u32 slot, u64 file_address, u32 number)
{
	struct file *file = (struct file *)file_address;
	struct socket *socket = BPF_CORE_READ(file, private_data);
	struct sock *sock = BPF_CORE_READ(socket, sk);
	struct socket_info info = { .number = number };
	if (!sock)
		return 0;
	info.family = BPF_CORE_READ(sock, __sk_common.skc_family);
	info.type = BPF_CORE_READ(sock, sk_type);
	info.protocol = BPF_CORE_READ(sock, sk_protocol);
	info.state = BPF_CORE_READ(sock, __sk_common.skc_state);
	if (info.family == AF_INET || info.family == AF_INET6) {
		info.local_port = BPF_CORE_READ(sock, __sk_common.skc_num);
		info.remote_port = __builtin_bswap16(BPF_CORE_READ(sock, __sk_common.skc_dport));
	}
	if (info.family == AF_INET) {
		BPF_CORE_READ_INTO((u32 *)info.local, sock, __sk_common.skc_rcv_saddr);
		BPF_CORE_READ_INTO((u32 *)info.remote, sock, __sk_common.skc_daddr);
	} else if (info.family == AF_INET6) {
		BPF_CORE_READ_INTO(&info.local, sock, __sk_common.skc_v6_rcv_saddr.in6_u.u6_addr8);
		BPF_CORE_READ_INTO(&info.remote, sock, __sk_common.skc_v6_daddr.in6_u.u6_addr8);
	}
	PUT(slot, SECTION_SOCKET, info);
	if (info.family != AF_UNIX)
		return 0;
	struct unix_sock *own = (void *)sock;
	struct unix_sock *peer = (void *)BPF_CORE_READ(own, peer);
	struct unix_address *address = peer ? BPF_CORE_READ(peer, addr) : 0;
	if (!address)
		address = BPF_CORE_READ(own, addr);
	struct scratch *scratch = bpf_map_lookup_elem(&scratches, &slot);
	u8 *to = scratch ? room(scratch) : 0;
	if (!to || !address)
		return 0;
	s32 length = BPF_CORE_READ(address, len) - 2;
	if (length < 1 || length > 108)
		return 0;
	bpf_probe_read_kernel(to, MASKED(length, 127), (void *)address + bpf_core_field_offset(struct unix_address, name) + 2);
	close_section(scratch, SECTION_UNIX, 0, length);
	return 0;
}

/* What a descriptor is: a socket and its addresses, or a file, its facts and its path. */
__noinline int put_file(u32 slot, u64 file_address, u32 number)
{
	struct file *file = (struct file *)file_address;
	if (!file)
		return 0;
	struct file_info info = { .number = number };
	fill_file(&info, file);
	PUT(slot, SECTION_FILE, info);
	if ((info.mode & S_IFMT) == S_IFSOCK)
		return put_socket(slot, file_address, number);
	return put_path(slot, (u64)BPF_CORE_READ(file, f_path.mnt), (u64)BPF_CORE_READ(file, f_path.dentry), SECTION_PATH, 0);
}

/* Where a file lies for its program: a mapping of an overlay's file holds the file of the layer below. */
static __always_inline struct path path_of(struct file *file)
{
	struct backing_file *backing = (void *)file;
	struct path path = BPF_CORE_READ(file, f_path);
	if (!bpf_core_field_exists(backing->user_path) || !(BPF_CORE_READ(file, f_mode) & FMODE_BACKING))
		return path;
	struct path shown = BPF_CORE_READ(backing, user_path);
	return BPF_CORE_READ(shown.dentry, d_inode, i_sb, s_magic) == OVERLAYFS_MAGIC ? shown : path;
}

/* The file of a mapping, by the path that its program knows it by. */
__noinline int put_mapped(u32 slot)
{
	struct scratch *scratch = bpf_map_lookup_elem(&scratches, &slot);
	if (!scratch || !scratch->mapped)
		return 0;
	struct path path = path_of((struct file *)scratch->mapped);
	struct inode *inode = BPF_CORE_READ(path.dentry, d_inode);
	struct file_info info = {
		.inode = BPF_CORE_READ(inode, i_ino),
		.device = BPF_CORE_READ(inode, i_sb, s_dev),
		.mode = BPF_CORE_READ(inode, i_mode),
		.marks = marks_of(inode, path.dentry),
		.number = -1,
	};
	PUT(slot, SECTION_FILE, info);
	return put_path(slot, (u64)path.mnt, (u64)path.dentry, SECTION_PATH, 0);
}

__noinline int put_cwd(u32 slot, u32 kind, u32 argument)
{
	struct fs_struct *fs = bpf_get_current_task_btf()->fs;
	return put_path(slot, (u64)BPF_CORE_READ(fs, pwd.mnt), (u64)BPF_CORE_READ(fs, pwd.dentry), kind, argument);
}

/* The policy of the mount that a file lies on, where it has one of its own; else nothing. */
static __always_inline u32 *policy_of_mount(struct group *group, struct vfsmount *mount)
{
	struct mount_key key = {};
	if (!(group->switches & OWN_MOUNTS))
		return 0;
	struct inode *root = BPF_CORE_READ(mount, mnt_root, d_inode);
	__builtin_memcpy(key.container, group->container, MOUNT_CONTAINER);
	key.inode = BPF_CORE_READ(root, i_ino);
	key.device = BPF_CORE_READ(root, i_sb, s_dev);
	return bpf_map_lookup_elem(&mounts, &key);
}

/* Whether a file's path is one that may run in the container that stands in `listed`. Behind the end of a path its buffer holds zeros only. */
__noinline int has_allowed_path(u32 slot, u64 file_address)
{
	struct file *file = (struct file *)file_address;
	struct scratch *scratch = bpf_map_lookup_elem(&scratches, &slot);
	if (!scratch)
		return 0;
	struct path path = path_of(file);
	u32 start = walk(slot, (u64)path.mnt, (u64)path.dentry);
	if (start >= SECTION_MAX)
		return 0;
	u32 length = SECTION_MAX - start + 1;
	if (length > PATH_LENGTH)
		length = PATH_LENGTH;
	scratch->listed.bits = 8 * (MOUNT_CONTAINER + length);
	bpf_probe_read_kernel(scratch->listed.path, PATH_LENGTH, scratch->path + MASKED(start, SECTION_MAX - 1));
	return bpf_map_lookup_elem(&paths, &scratch->listed) != 0;
}

/* Drift: a file that the image did not bring, and that nobody allowed. On a mount with a policy of its own, that one says. */
static __always_inline bool is_foreign(u32 slot, struct group *group, u64 cgroup, struct file *file)
{
	struct path path = path_of(file);
	struct inode *inode = BPF_CORE_READ(path.dentry, d_inode);
	u32 *own = policy_of_mount(group, path.mnt);
	if (own && *own != POLICY_BLOCK)
		return false;
	if (!own && !(marks_of(inode, path.dentry) & (MARK_UPPER | MARK_MEMFD | MARK_TMPFS)))
		return false;
	struct seen_key key = { .cgroup = cgroup, .inode = BPF_CORE_READ(inode, i_ino), .device = BPF_CORE_READ(inode, i_sb, s_dev), .purpose = ALLOWED };
	if (bpf_map_lookup_elem(&allowed, &key))
		return false;
	struct scratch *scratch = bpf_map_lookup_elem(&scratches, &slot);
	if (!(group->switches & OWN_PATHS) || !scratch)
		return true;
	__builtin_memcpy(scratch->listed.container, group->container, MOUNT_CONTAINER);
	return !has_allowed_path(slot, (u64)file);
}
#endif
