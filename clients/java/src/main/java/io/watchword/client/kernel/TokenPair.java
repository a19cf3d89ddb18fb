package io.watchword.client.kernel;

/**
 * The tokens of a session that can be renewed. {@code toString} does not show them.
 *
 * @param access for calls
 * @param refresh for {@link KernelClient#renew(RefreshToken)}, which gives the next pair
 */
public record TokenPair(AccessToken access, RefreshToken refresh) {}
