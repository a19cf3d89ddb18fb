package io.watchword.core.individual;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateOfBirthTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1992-04-29",
        "1992/4/29",
        "92/04/29",
        "29/04/1992",
        "1992/04/29 ",
        " 1992/04/29",
        "1992/04/29\n",
        "1992/02/30",
        "1993/02/29",
        "1992/13/01",
        "1992/00/10",
        "1992/04/00",
        "-992/04/29",
        "+1992/04/29",
        "١٩٩٢/٠٤/٢٩"
      })
  void anotherFormOrADayThatNeverWasIsNoDate(String text) {
    assertThat(DateOfBirth.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1992/04/29", "2000/02/29", "0001/01/01", "9999/12/31"})
  void whatIsWrittenIsReadAgain(String text) {
    assertThat(DateOfBirth.parse(text).map(DateOfBirth::format)).contains(text);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-02,2026-01-01,-1",
    "2026-01-01,2026-01-01,0",
    "2025-01-02,2026-01-01,0",
    "2025-01-01,2026-01-01,1",
    "2004-02-29,2009-02-28,4",
    "2004-02-29,2009-03-01,5"
  })
  void yearsAreCountedWhenTheyAreCompleted(LocalDate born, LocalDate today, long years) {
    assertThat(DateOfBirth.completedYears(born, today)).isEqualTo(years);
  }

  @Test
  void theDateOfTheContractIsRead() {
    assertThat(DateOfBirth.parse("1992/04/29")).contains(LocalDate.of(1992, 4, 29));
  }
}
