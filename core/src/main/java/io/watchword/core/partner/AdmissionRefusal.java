package io.watchword.core.partner;

/** Why a caller was not let in. */
public enum AdmissionRefusal {
  /** No such combination of partner and API key, or one of them is deleted. */
  NOT_REGISTERED,
  PARTNER_INACTIVE,
  POLICY_DELETED,
  POLICY_INACTIVE,
  API_KEY_INACTIVE,
  API_KEY_OUTSIDE_ITS_TIME,
  /** The request was signed with neither the partner's certificate nor the provider's. */
  OTHER_CERTIFICATE,
  LICENCE_UNKNOWN,
  LICENCE_INACTIVE,
  LICENCE_EXPIRED
}
