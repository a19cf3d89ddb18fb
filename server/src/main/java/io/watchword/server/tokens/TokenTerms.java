package io.watchword.server.tokens;

/**
 * What tokens of one door say.
 *
 * @param issuer address of the realm
 * @param audience that tells the doors apart: a token for one is none for another
 * @param prefix before each token, such as {@code Mosip-Token}; empty: none
 */
public record TokenTerms(String issuer, String audience, String prefix) {}
