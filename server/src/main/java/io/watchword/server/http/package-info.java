/**
 * Owns the HTTP server around the doors: it listens ({@link io.watchword.server.http.HttpHost}),
 * keeps slow, greedy and too many clients from harming others ({@link
 * io.watchword.server.http.Traffic}), reads bodies within limits ({@link
 * io.watchword.server.http.Bodies}), gives each request an id, and answers health and metrics.
 *
 * <p>Does not own what a request means: doors read, admit, call a story and answer by themselves,
 * and no code here knows their errors or paths.
 */
@NullMarked
package io.watchword.server.http;

import org.jspecify.annotations.NullMarked;
