package io.watchword.server.authmanager;

import io.watchword.core.code.CodePolicy;
import io.watchword.server.kernel.Dialect;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an operator may set about this door.
 *
 * @param aliases other names of applications
 * @param individualRoles roles of people who log in by UIN
 * @param addressRoles roles of accounts that are opened by their first use
 * @param userRoles of which a caller needs one who asks about accounts
 * @param language in which a missing letter is told of, ISO 639-3
 * @param codes how codes live, where an application has no terms of its own
 * @param captcha who says that somebody who asks for a code is no program; {@code null}: nobody
 */
public record AuthManagerSettings(
    Dialect dialect,
    Map<String, String> aliases,
    List<String> individualRoles,
    List<String> addressRoles,
    Set<String> userRoles,
    String language,
    CodePolicy codes,
    Captcha.@Nullable Service captcha) {}
