/**
 * Owns how people come on file and how an operator looks at one of them: {@link
 * io.watchword.server.people.Imports} reads JSON lines, {@link io.watchword.server.people.Show}
 * prints what is on file.
 *
 * <p>Does not own the rule of enrolment ({@code core.individual.Enrolment}), nor the demo's people
 * and their pictures ({@code server.demo}). Nothing here ever prints or logs the content of a line:
 * reasons name members and positions.
 */
@NullMarked
package io.watchword.server.people;

import org.jspecify.annotations.NullMarked;
