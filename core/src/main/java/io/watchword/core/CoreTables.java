package io.watchword.core;

import io.watchword.core.account.Account;
import io.watchword.core.account.Application;
import io.watchword.core.account.Client;
import io.watchword.core.audit.AuditRow;
import io.watchword.core.audit.ChainHead;
import io.watchword.core.authentication.Attempt;
import io.watchword.core.authentication.PinTries;
import io.watchword.core.budget.Flood;
import io.watchword.core.budget.SendWindows;
import io.watchword.core.budget.WrongCodes;
import io.watchword.core.code.CodeSlot;
import io.watchword.core.code.PersonTries;
import io.watchword.core.code.SentTransactions;
import io.watchword.core.delivery.Errands;
import io.watchword.core.delivery.StoppedChannels;
import io.watchword.core.individual.EnrolledBiometrics;
import io.watchword.core.individual.GeneratedVid;
import io.watchword.core.individual.HotListed;
import io.watchword.core.individual.IdentifierRow;
import io.watchword.core.individual.Individual;
import io.watchword.core.individual.Portrait;
import io.watchword.core.individual.Standing;
import io.watchword.core.individual.StaticPin;
import io.watchword.core.mobile.Enrollment;
import io.watchword.core.mobile.MobileType;
import io.watchword.core.mobile.PortalClient;
import io.watchword.core.mobile.Transaction;
import io.watchword.core.partner.ApiKey;
import io.watchword.core.partner.Licence;
import io.watchword.core.partner.Partner;
import io.watchword.core.partner.Policy;
import io.watchword.core.session.RefreshTokens;
import io.watchword.core.session.Revocation;
import io.watchword.core.unit.Generation;
import io.watchword.core.unit.Table;
import java.util.List;

/** Every table of the core, for the engine that keeps them. */
public final class CoreTables {

  public static final List<Table<?>> ALL =
      List.of(
          Individual.TABLE,
          Portrait.TABLE,
          StaticPin.TABLE,
          EnrolledBiometrics.TABLE,
          IdentifierRow.TABLE,
          GeneratedVid.TABLE,
          Standing.TABLE,
          HotListed.TABLE,
          Partner.TABLE,
          ApiKey.TABLE,
          Licence.TABLE,
          Policy.TABLE,
          Account.TABLE,
          Application.TABLE,
          Client.TABLE,
          Revocation.TABLE,
          RefreshTokens.Kept.table(),
          CodeSlot.TABLE,
          SentTransactions.TABLE,
          PersonTries.TABLE,
          SendWindows.TABLE,
          Flood.TABLE,
          WrongCodes.TABLE,
          PinTries.TABLE,
          Attempt.TABLE,
          Errands.TABLE,
          StoppedChannels.table(),
          MobileType.TABLE,
          PortalClient.TABLE,
          Transaction.table(),
          Enrollment.table(),
          Enrollment.OfAccount.table(),
          Enrollment.Offer.table(),
          AuditRow.TABLE,
          ChainHead.TABLE,
          Generation.table());

  private CoreTables() {}
}
