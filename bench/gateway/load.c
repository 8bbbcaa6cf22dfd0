/* A closed loop: so many clients on kept connections, each with one request under way.
 *
 *     load PORT CLIENTS SECONDS REQUEST_FILE      prints one JSON object (microseconds)
 *
 * After SECONDS nothing more is sent, and what is under way is waited for, PATIENCE seconds at most. Answers are read as
 * far as it takes to find their end: a content-length, or chunks. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE 100
#define BUFFER 65536
#define MOST 4000000 /* requests */

struct client {
    int fd, busy;
    double sent, first;
    size_t filled, head; /* bytes read; of them the head, 0 until it is whole */
    long left;           /* bytes of the body, or of the chunk, still to come; -1: the size of a chunk is next */
    int chunked;
    char data[BUFFER];
};

static struct sockaddr_in at = {.sin_family = AF_INET};
static char request[BUFFER];
static size_t request_size;
static int poll_fd, under_way;
static unsigned *times, *firsts;
static long answered, failed, refused;

static double now(void) {
    struct timespec moment;
    clock_gettime(CLOCK_MONOTONIC, &moment);
    return moment.tv_sec + moment.tv_nsec / 1e9;
}

static void open_client(struct client *one) {
    int on = 1;
    one->fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(one->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(one->fd, (void *)&at, sizeof at)) {
        perror("load");
        exit(1);
    }
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = one};
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, one->fd, &event);
}

static void ask(struct client *one) {
    one->sent = now();
    one->first = 0;
    one->filled = one->head = one->left = 0;
    one->busy = 1;
    under_way++;
    if (send(one->fd, request, request_size, MSG_NOSIGNAL) != (ssize_t)request_size)
        failed++; /* the read that follows finds the connection closed */
}

/* What came is whole: note it. */
static void done(struct client *one) {
    one->busy = 0;
    under_way--;
    if (memcmp(one->data + 9, "200", 3)) {
        if (!refused++)
            fprintf(stderr, "%.*s\n", (int)(one->filled > 600 ? 600 : one->filled), one->data);
        return;
    }
    if (answered < MOST) {
        times[answered] = (now() - one->sent) * 1e6;
        firsts[answered] = (one->first - one->sent) * 1e6;
        answered++;
    }
}

/* Look at what is in the buffer; 1 when the answer is whole. Of the body only what is not yet understood is kept. */
static int whole(struct client *one) {
    if (!one->head) {
        char *end = memmem(one->data, one->filled, "\r\n\r\n", 4);
        if (!end)
            return 0;
        one->head = end + 4 - one->data;
        one->chunked = 0;
        for (char *line = one->data; (line = memchr(line, '\n', end - line)); ) {
            line++;
            if (!strncasecmp(line, "content-length:", 15))
                one->left = atol(line + 15);
            if (!strncasecmp(line, "transfer-encoding: chunked", 26))
                one->chunked = 1, one->left = -1;
        }
    }
    for (;;) {
        size_t there = one->filled - one->head;
        char *body = one->data + one->head;
        if (one->left >= 0) {
            size_t taken = there < (size_t)one->left ? there : (size_t)one->left;
            one->left -= taken;
            memmove(body, body + taken, there - taken);
            one->filled -= taken;
            if (one->left)
                return 0;
            if (!one->chunked)
                return 1;
            one->left = -1;
            continue;
        }
        char *end = memmem(body, there, "\r\n", 2);
        if (!end)
            return 0;
        long size = strtol(body, NULL, 16);
        size_t line = end + 2 - body;
        if (size == 0)
            return there >= line + 2;
        one->left = size + 2;
        memmove(body, body + line, there - line);
        one->filled -= line;
    }
}

static int by_size(const void *one, const void *other) {
    unsigned a = *(unsigned *)one, b = *(unsigned *)other;
    return (a > b) - (a < b);
}

static unsigned quantile(unsigned *sorted, double share) {
    return answered ? sorted[(long)((answered - 1) * share)] : 0;
}

int main(int count, char **given) {
    if (count < 5)
        return 2;
    int clients = atoi(given[2]);
    double seconds = atof(given[3]);
    FILE *file = fopen(given[4], "rb");
    request_size = fread(request, 1, sizeof request, file);
    at.sin_port = htons(atoi(given[1]));
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    times = malloc(MOST * sizeof *times);
    firsts = malloc(MOST * sizeof *firsts);
    poll_fd = epoll_create1(0);
    struct client *all = calloc(clients, sizeof *all);
    for (int i = 0; i < clients; i++)
        open_client(all + i);
    double began = now(), end = began + seconds, ended = began;
    for (int i = 0; i < clients; i++)
        ask(all + i);
    struct epoll_event events[512];
    while (under_way && now() < end + PATIENCE) {
        int ready = epoll_wait(poll_fd, events, 512, 1000);
        for (int i = 0; i < ready; i++) {
            struct client *one = events[i].data.ptr;
            ssize_t size = recv(one->fd, one->data + one->filled, BUFFER - one->filled, 0);
            if (size <= 0) { /* closed: between requests that is anybody's right */
                failed += one->busy;
                under_way -= one->busy;
                one->busy = 0;
                close(one->fd);
                open_client(one);
                if (now() < end)
                    ask(one);
                continue;
            }
            one->filled += size;
            if (!one->first)
                one->first = now();
            if (!whole(one))
                continue;
            done(one);
            ended = now();
            if (ended < end)
                ask(one);
        }
    }
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    qsort(times, answered, sizeof *times, by_size);
    qsort(firsts, answered, sizeof *firsts, by_size);
    printf("{\"answered\":%ld,\"failed\":%ld,\"refused\":%ld,\"unanswered\":%d,\"seconds\":%.6f,\"p50\":%u,\"p99\":%u,"
           "\"first_p50\":%u,\"first_p99\":%u,\"cpu_s\":%.3f}\n",
           answered, failed, refused, under_way, ended - began, quantile(times, .5), quantile(times, .99),
           quantile(firsts, .5), quantile(firsts, .99),
           used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6);
    return 0;
}
