package io.watchword.server.http;

import io.helidon.webserver.http.HttpService;

/**
 * A door or page and where its routes begin.
 *
 * @param name for metrics and logs, such as {@code ida}
 * @param path such as {@code /idauthentication/v1}, or {@code /}
 */
public record Mount(String name, String path, HttpService service) {}
