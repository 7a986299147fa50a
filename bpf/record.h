/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
 * What goes over the ring and through the maps. `npm run build:bpf` writes the offsets for TypeScript from the object's BTF; a test holds them together.
 * A record is a header and then sections: { u8 section, u8 argument, u16 length } and the bytes, each padded to eight.
 */
#ifndef JENNER_RECORD_H
#define JENNER_RECORD_H
#include "kernel.h"

enum record_kind {
	RECORD_SYSCALL = 1,
	RECORD_EXEC = 2,
	RECORD_FORK = 3,
	RECORD_EXIT = 4,
	RECORD_GROUP = 5,
	RECORD_IO_URING = 6,
	RECORD_CAPABLE = 7,
};

enum record_class {
	CLASS_FILE = 0,
	CLASS_NET = 1,
	CLASS_CRITICAL = 2,
	CLASS_COUNT = 3,
};

enum record_flag {
	FLAG_KILLED = 1,
	FLAG_TRUNCATED = 2,
	FLAG_COMPAT = 4,
	FLAG_NAME_CHANGED = 8,
};

struct header {
	u64 time;    /* CLOCK_MONOTONIC */
	u64 started; /* start of the process, same clock */
	u64 cgroup;
	s64 result;
	u64 args[6];
	u64 lost; /* on this CPU, all classes, so far */
	u32 tgid;
	u32 tid;
	u16 kind;
	u16 number; /* system call, io_uring opcode or capability */
	u16 cpu;
	u16 flags;
};

enum section_kind {
	SECTION_PATH = 1,      /* of the descriptor, kernel state */
	SECTION_TEXT = 2,      /* the user's string of one argument */
	SECTION_BASE = 3,      /* what a relative path of one argument starts from */
	SECTION_ADDRESS = 4,   /* the user's sockaddr of one argument */
	SECTION_SOCKET = 5,
	SECTION_FILE = 6,
	SECTION_CREDENTIALS = 7,
	SECTION_EXEC = 8,
	SECTION_ARGV = 9,
	SECTION_ENV = 10,
	SECTION_CWD = 11,
	SECTION_UNIX = 12,     /* name of a local socket or of its peer */
	SECTION_DATA = 13,
	SECTION_FORK = 14,
	SECTION_GROUP = 15,
};

struct section {
	u8 kind;
	u8 argument;
	u16 length;
};

enum file_mark {
	MARK_UPPER = 1,
	MARK_MEMFD = 2,
	MARK_TMPFS = 4,
	MARK_OVERLAY = 8,
	MARK_DELETED = 16,
	MARK_WRITABLE = 32,
};

struct file_info {
	u64 inode;
	u64 ctime; /* ns since the epoch */
	u64 mtime;
	u64 size;
	u32 device; /* the kernel's: major << 20 | minor */
	u32 mode;
	u32 flags; /* of the open file */
	u32 marks;
	u32 number;
	u32 uid;
};

struct socket_info {
	u16 family;
	u16 type;
	u16 protocol;
	u16 state;
	u16 local_port;
	u16 remote_port;
	u32 number;
	u8 local[16];
	u8 remote[16];
};

struct credentials {
	u64 inheritable;
	u64 permitted;
	u64 effective;
	u32 uid, gid, euid, egid;
};

struct exec_info {
	u32 ppid;
	u32 vpid;
	u32 vpgid;
	u32 sid;
	u32 tty;
	u32 loginuid;
	u32 argv_length; /* before it was cut */
	u32 env_length;
	char comm[16];
	char parent_comm[16];
	u64 parent_started;
};

struct fork_info {
	u64 started;
	u32 pid;
	u32 vpid;
};

enum policy {
	POLICY_OBSERVE = 0,
	POLICY_ALERT = 1,
	POLICY_BLOCK = 2,
};
enum group_switch {
	MUTE_FILE = 1,
	MUTE_NET = 2,
	MUTE_CRITICAL = 4,
	OWN_MOUNTS = 8, /* some of its mounts have a policy of their own */
	OWN_PATHS = 16, /* some foreign files may run, by their paths */
};

#define CONTAINER_ID 64
struct group {
	u8 container[CONTAINER_ID];
	u32 watched;
	u32 policy;
	u32 switches;
	u32 urgent; /* second << 16 | how many of its files went on the critical ring in it */
};

struct container_key { u8 container[CONTAINER_ID]; };
struct container_policy { u32 policy, switches; };

/* One file that was seen in one cgroup, for one purpose. */
struct seen_key {
	u64 cgroup;
	u64 inode;
	u32 device;
	u32 purpose;
};
enum purpose {
	SEEN_OPEN = 1,
	SEEN_MAP = 2,
	SEEN_ANONYMOUS = 3,
	SEEN_CAPABILITY = 4,
	ALLOWED = 5,
	TOLD_WRITE = 6,
	TOLD_CALL = 7,
};

/* A mount of a container with a policy of its own: by the file or folder of the host that it shows. */
#define MOUNT_CONTAINER 16
struct mount_key {
	u8 container[MOUNT_CONTAINER]; /* the first digits of its id */
	u64 inode;
	u32 device;
	u32 spare;
};

/*
 * Paths of a container, as it sees them, that may run though they are foreign: all that begin so. A path with its NUL stands for itself alone.
 * What is longer than PATH_LENGTH can only be allowed by its start.
 */
#define PATH_LENGTH 240
struct listed_key {
	u32 bits; /* of what is behind */
	u8 container[MOUNT_CONTAINER];
	char path[PATH_LENGTH];
};

struct peer_key {
	u64 socket;
	u64 high, low;
	u32 port;
	u32 direction;
};

#define PREFIX_LENGTH 64
struct prefix_key {
	u32 bits;
	char path[PREFIX_LENGTH];
};
#define NAME_LENGTH 32
struct name_key { char name[NAME_LENGTH]; };

#define ADDRESS_LENGTH 128
/* Where a socket is being connected to: a sockaddr_in or sockaddr_in6. */
#define KEPT_LENGTH 32
struct address {
	u64 sock;
	u32 length;
	u8 bytes[KEPT_LENGTH];
};

struct counts {
	u64 produced;
	u64 filtered;
	u64 sent;
	u64 lost;
};

/* A system call of interest, packed: bits 0–7 enum interest, 8–15 enum gate, 16–39 six times enum argument, 40–43 of the result. */
enum interest {
	INTEREST_ON = 1,
	INTEREST_CRITICAL = 2,
	INTEREST_NET = 4,
	INTEREST_CREDENTIALS = 8,
	INTEREST_SUCCESS = 16, /* failures are filtered */
	INTEREST_CWD = 32,
};
enum gate {
	GATE_NONE = 0,
	GATE_OPEN = 1,
	GATE_MMAP = 2,
	GATE_DUP = 3,
	GATE_SEND = 4,
	GATE_RECEIVE = 5,
	GATE_PTRACE = 6,
	GATE_PROTECT = 7,
	GATE_PRCTL = 8,
};
enum argument {
	ARGUMENT_SCALAR = 0,
	ARGUMENT_FD = 1,
	ARGUMENT_PATH = 2, /* relative to the directory just before it, or to the working directory */
	ARGUMENT_DIRECTORY = 3,
	ARGUMENT_ADDRESS = 4, /* its length is the next argument */
	ARGUMENT_TEXT = 5,
	ARGUMENT_MESSAGE = 6, /* struct msghdr: its msg_name */
	ARGUMENT_HOW = 7, /* struct open_how: its flags and mode */
	ARGUMENT_DATA = 8, /* result bytes, at most 80 */
};

/* Which cgroup of a task tells its container. */
enum controller {
	UNIFIED = 0,
	PIDS = 1,
	MEMORY = 2,
};

#define SYSCALLS 512
struct settings {
	u64 interest[SYSCALLS];
	u64 compat[SYSCALLS];
	u64 root;       /* kernfs id of the cgroup that the sensor takes for the root: what is above is not its business */
	u32 self;       /* the sensor's own process, never reported */
	u32 controller; /* enum controller */
	u32 host;       /* report what is outside of containers too */
	u32 policy;     /* for containers that have none of their own */
};
#endif
