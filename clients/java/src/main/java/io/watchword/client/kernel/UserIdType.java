package io.watchword.client.kernel;

/** What a user id is; with the application it decides where the user is looked for. */
public enum UserIdType {
  /** Unique identification number of an individual. */
  UIN,
  /** Login name; with some services and applications a mail address or phone number. */
  USERID
}
