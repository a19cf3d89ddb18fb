/**
 * Owns what only the demo profile has: its people ({@link io.watchword.server.demo.DemoPeople})
 * with their generated pictures, its relying party with the files for the published client ({@link
 * io.watchword.server.demo.DemoPartnerFiles}), and the list of whom and what one may try ({@link
 * io.watchword.server.demo.DemoCredentials}).
 *
 * <p>Does not own the ways people and partners come on file: they pass through the same stories as
 * everybody ({@code server.people}, {@code server.partners}), people from {@code
 * config/demo/people.jsonl}.
 */
@NullMarked
package io.watchword.server.demo;

import org.jspecify.annotations.NullMarked;
