/* A provider that costs next to nothing: answers POST .../chat/completions at once, and GET .../models.
 *
 *     upstream PORT [PAUSE_US]      prints "ready"
 *
 * A stream has PIECES pieces of a word, each written on its own, PAUSE_US apart; then its usage and the end.
 * One thread, one epoll; requests on one connection come one after the other. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define PIECES 20
#define MOST 8192 /* connections */
#define BUFFER 65536

struct connection {
    size_t filled;
    int next; /* the piece of the stream that is due; -1 where none is under way */
    long due; /* microseconds */
    char data[BUFFER];
};

static struct connection *connections[MOST];
static long pause_us;
static int streaming; /* connections with a stream under way that waits for its next piece */

static const char *USAGE = "\"usage\":{\"prompt_tokens\":57,\"completion_tokens\":20,\"total_tokens\":77}";

static long now_us(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return at.tv_sec * 1000000L + at.tv_nsec / 1000;
}

static void say(int fd, const char *text, size_t size) {
    if (send(fd, text, size, MSG_NOSIGNAL) < 0) { /* it has gone: the next read says so */ }
}

static void chunk(int fd, const char *event) {
    char out[2048];
    int size = snprintf(out, sizeof out, "%zx\r\n%s\r\n", strlen(event), event);
    say(fd, out, size);
}

static void piece(int fd, int number) {
    char event[1024];
    const char *shape = "data: {\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,"
                        "\"model\":\"bench-model\",\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}\n\n";
    char delta[64];
    snprintf(delta, sizeof delta, number ? "{\"content\":\"word%d \"}" : "{\"role\":\"assistant\",\"content\":\"\"}", number);
    snprintf(event, sizeof event, shape, number == PIECES ? "{}" : delta, number == PIECES ? "\"stop\"" : "null");
    chunk(fd, event);
}

/* Pieces as far as they are due; 0 when the stream is over. */
static int stream_on(int fd, struct connection *one) {
    while (one->next <= PIECES) {
        if (pause_us && now_us() < one->due)
            return 1;
        piece(fd, one->next++);
        one->due += pause_us;
    }
    char event[512];
    snprintf(event, sizeof event,
             "data: {\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,"
             "\"model\":\"bench-model\",\"choices\":[],%s}\n\n", USAGE);
    chunk(fd, event);
    chunk(fd, "data: [DONE]\n\n");
    say(fd, "0\r\n\r\n", 5);
    one->next = -1;
    return 0;
}

static void whole(int fd, const char *body) {
    char out[2048];
    int size = snprintf(out, sizeof out,
                        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %zu\r\n\r\n%s",
                        strlen(body), body);
    say(fd, out, size);
}

static void answer(int fd, struct connection *one, size_t size) {
    if (!memcmp(one->data, "GET", 3)) {
        whole(fd, "{\"object\":\"list\",\"data\":[{\"id\":\"bench-model\",\"object\":\"model\",\"owned_by\":\"bench\"}]}");
    } else if (memmem(one->data, size, "\"stream\":true", 13) || memmem(one->data, size, "\"stream\": true", 14)) {
        const char *head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
        say(fd, head, strlen(head));
        one->next = 0;
        one->due = now_us();
        streaming += stream_on(fd, one);
    } else {
        char body[1024];
        snprintf(body, sizeof body,
                 "{\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion\",\"created\":1700000000,\"model\":\"bench-model\","
                 "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"word1 word2 word3 word4 word5 "
                 "word6 word7 word8 word9 word10 word11 word12 word13 word14 word15 word16 word17 word18 word19 word20\"},"
                 "\"finish_reason\":\"stop\"}],%s}", USAGE);
        whole(fd, body);
    }
}

/* Answer the whole requests in the buffer; 0 when it holds what is none. */
static int take(int fd, struct connection *one) {
    while (one->filled) {
        char *end = memmem(one->data, one->filled, "\r\n\r\n", 4);
        if (!end)
            return one->filled < BUFFER;
        size_t size = end + 4 - one->data;
        for (char *line = one->data; (line = memchr(line, '\n', end - line)); )
            if (!strncasecmp(++line, "content-length:", 15))
                size += atol(line + 15);
        if (size > BUFFER)
            return 0;
        if (one->filled < size)
            return 1;
        answer(fd, one, size);
        memmove(one->data, one->data + size, one->filled -= size);
    }
    return 1;
}

static void forget(int fd) {
    streaming -= connections[fd]->next >= 0;
    free(connections[fd]);
    connections[fd] = NULL;
    close(fd);
}

int main(int count, char **given) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int on = 1, listening = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), poll = epoll_create1(0);
    at.sin_port = htons(atoi(given[1]));
    pause_us = count > 2 ? atol(given[2]) : 0;
    setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listening, (void *)&at, sizeof at) || listen(listening, 4096)) {
        perror("upstream");
        return 1;
    }
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listening}, events[512];
    epoll_ctl(poll, EPOLL_CTL_ADD, listening, &event);
    puts("ready");
    fflush(stdout);
    for (;;) {
        int ready = epoll_wait(poll, events, 512, streaming ? 1 : -1);
        for (int i = 0; i < ready; i++) {
            int fd = events[i].data.fd;
            if (fd == listening) {
                for (int new; (new = accept4(listening, NULL, NULL, 0)) >= 0;) {
                    if (new >= MOST) {
                        close(new);
                        continue;
                    }
                    setsockopt(new, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
                    connections[new] = calloc(1, sizeof **connections);
                    connections[new]->next = -1;
                    event.data.fd = new;
                    epoll_ctl(poll, EPOLL_CTL_ADD, new, &event);
                }
                continue;
            }
            struct connection *one = connections[fd];
            ssize_t size = recv(fd, one->data + one->filled, BUFFER - one->filled, 0);
            if (size <= 0) {
                forget(fd);
                continue;
            }
            one->filled += size;
            if (!take(fd, one))
                forget(fd);
        }
        for (int fd = 0; streaming && fd < MOST; fd++)
            if (connections[fd] && connections[fd]->next >= 0)
                streaming -= !stream_on(fd, connections[fd]);
    }
}
