package io.watchword.matching.text;

import static io.watchword.core.authentication.TextMatcher.Kind.ADDRESS;
import static io.watchword.core.authentication.TextMatcher.Kind.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.authentication.TextMatcher.Kind;
import io.watchword.core.partner.Strategy;
import io.watchword.core.partner.Strategy.Method;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is folded in the texts of identity v1 and what is not (docs/decisions/033). */
class FrenchAndArabicTest {

  private final RuleTextMatcher matcher =
      new RuleTextMatcher(TextRules.identityV1(), Normalizer.Form.NFKC);

  private boolean same(Kind kind, String language, String one, String other) {
    boolean same = matcher.matches(kind, Strategy.EXACT, language, one, other);
    assertThat(matcher.matches(kind, Strategy.EXACT, language, other, one)).isEqualTo(same);
    return same;
  }

  @ParameterizedTest(name = "\"{0}\" is not \"{1}\"")
  @CsvSource({
    // Accents and ligatures
    "Élodie Martin,Elodie Martin",
    "ELODIE MARTIN,Élodie Martin",
    "Benoît Côté,Benoit Cote",
    "Côte,Côté",
    "Françoise,Francoise",
    "Marie-Cœur,Marie-Coeur",
    "Lætitia,Laetitia",
    "Aÿ,Ay",
    // Letters
    "Lefèvre,Lefebvre",
    "Lefèvre,Lefévre",
    "Mohamed Amrani,Mohammed Amrani",
    "Youssef,Yousouf",
    // Words that were joined or parted
    "Jean-Pierre Martin,Jean Pierre Martin",
    "El Amrani,Elamrani",
    "Ben Ali,Benali",
    "M'Hamed Benali,Hamed Benali",
    "N'Diaye,N Diaye",
    // Particles
    "Jean de La Fontaine,Jean La Fontaine",
    "Charles de Gaulle,Charles Gaulle",
    "d'Ormesson,Ormesson",
    "Le Goff,Goff",
    "Marie Dupont née Martin,Marie Dupont Martin",
    "Veuve Clicquot,Clicquot",
    // What may be a title and is a name
    "Jean Le Maître,Jean Le",
    "Jean M. Dupont,Jean Dupont",
    "Moulay Idriss,Idriss",
    "Lalla Salma,Salma",
    "Hadj Ali,Ali",
    "Cheikh Diop,Diop",
    "Sœur Sourire,Sourire"
  })
  void frenchNamesThatDiffer(String one, String other) {
    assertThat(same(NAME, "fra", one, other)).isFalse();
  }

  @ParameterizedTest(name = "\"{0}\" is \"{1}\"")
  @CsvSource({
    "M. Élodie LEFÈVRE,élodie lefèvre",
    "Mr Jean Dupont,Jean Dupont",
    "Mme Lefèvre Élodie,Élodie Lefèvre",
    "Mlle Lætitia Aÿ,LÆTITIA AŸ",
    "Me. Jean Dupont,Jean Dupont",
    "Maître Jean Dupont,Jean Dupont",
    "Pr Jean Dupont,Jean Dupont",
    "M. le Dr Jean Dupont,le Jean Dupont",
    "Monsieur et Madame Dupont,et Dupont",
    "DUPONT (Mme) Marie,Marie Dupont",
    "Jean d’Ormesson,Jean d'Ormesson",
    "Jean D´Ormesson,Jean d'Ormesson",
    "Jean-Pierre Martin,Jean‐Pierre Martin",
    "M’Hamed,M'hamed",
    "N’Diaye,NDiaye",
    "Marie‑Cœur,MARIE-CŒUR",
    "Saint-Exupéry,SAINT–EXUPÉRY"
  })
  void frenchNamesThatAreTheSame(String one, String other) {
    assertThat(same(NAME, "fra", one, other)).isTrue();
  }

  @ParameterizedTest(name = "\"{0}\" against \"{1}\" sounds {2}")
  @CsvSource({
    "Mohamed,Mohammed,100",
    "Youssef,Yousouf,100",
    "Élodie,Elodie,100",
    "Lefèvre,Lefebvre,100",
    "Ouarda,Warda,100",
    "Cœur,Coeur,80",
    "Mohamed,Muhammad,80",
    "Benoît,Benoit,60"
  })
  void spellingsThatDifferAreForPhoneticComparison(String one, String other, int score) {
    assertThat(matcher.matches(NAME, new Strategy(Method.PHONETIC, score), "fra", one, other))
        .isTrue();
    assertThat(
            score < 100
                && matcher.matches(
                    NAME, new Strategy(Method.PHONETIC, score + 1), "fra", one, other))
        .isFalse();
  }

  @ParameterizedTest(name = "\"{0}\" is not \"{1}\"")
  @CsvSource({
    "12 rue de la Paix,12 bis rue de la Paix",
    "12 E rue de la Paix,12 rue de la Paix",
    "12E rue de la Paix,12 rue de la Paix",
    "12 D rue de la Paix,12 rue de la Paix",
    "rue de l'Église,rue de Église",
    "rue de l'Eglise,rue de l'Église",
    "avenue Foch,boulevard Foch",
    "Bloc M 12,Bloc 12",
    "2e étage,2 étage",
    "3 place Drouot,3 place ouot",
    "no man's land,man's land"
  })
  void frenchAddressesThatDiffer(String one, String other) {
    assertThat(same(ADDRESS, "fra", one, other)).isFalse();
  }

  @ParameterizedTest(name = "\"{0}\" is \"{1}\"")
  @CsvSource(
      delimiter = '|',
      value = {
        "12, rue de l’Église|12 RUE DE L'ÉGLISE",
        "N° 12, rue de la Paix|12 rue de la Paix",
        "nº12 rue de la Paix|№ 12 rue de la Paix",
        "No. 12 rue de la Paix|no 12 rue de la Paix",
        "5 avenue Mohammed V|5 av. Mohammed V",
        "5 bd. Zerktouni|5, Boulevard Zerktouni",
        "5 Blvd Zerktouni|5 BD ZERKTOUNI",
        "Appartement 4, Résidence Al Manar|appt 4 rés al manar",
        "1er étage|1 étage",
        "1ère rue|1re rue",
        "2ème étage|2e étage",
        "2ieme étage|2ème étage",
        "2nde rue|2nd rue",
        "Mme Dupont chez M'hamed|Dupont, M’hamed",
        "c/o Dr Dupont|Dupont",
        "rue du Docteur Roux|rue du Dr Roux",
        "Saint-Denis|St-Denis",
        "Impasse Sainte-Anne|imp Ste Anne"
      })
  void frenchAddressesThatAreTheSame(String one, String other) {
    assertThat(same(ADDRESS, "fra", one, other)).isTrue();
  }

  @ParameterizedTest(name = "\"{0}\" is not \"{1}\"")
  @CsvSource({
    // Forms of alef, hamza, ta marbuta, alef maqsura
    "أحمد,احمد",
    "إبراهيم,ابراهيم",
    "آمنة,امنة",
    "ٱلرحمن,الرحمن",
    "مؤمن,مومن",
    "رائد,رايد",
    "هيفاء,هيفا",
    "فاطمة,فاطمه",
    "هبة,هبه",
    "يحيى,يحيي",
    "علي,على",
    // Letters of Persian and Urdu
    "كريم,کریم",
    "علي,علی",
    // Words that were joined or parted
    "عبد الرحمن,عبدالرحمن",
    "أبو-بكر,أبو بكر",
    "نور الدين,نورالدين",
    // Particles and the article
    "محمد بن عبد الله,محمد ابن عبد الله",
    "محمد بن علي,محمد علي",
    "حسن,الحسن",
    "أبو بكر,بكر",
    // What may be a title and is a name
    "محمد السيد إبراهيم,محمد إبراهيم",
    "فؤاد المهندس,فؤاد",
    "سيد علي,علي",
    "الشيخ علي,علي",
    "الحاج علي,علي",
    "مهندس علي,علي",
    "د أحمد,أحمد",
    "م أحمد,أحمد",
    "محمد م. علي,محمد علي",
    // Others
    "حسن,حسين",
    "محمد,محمود",
    "محمد ٢,محمد 2"
  })
  void arabicNamesThatDiffer(String one, String other) {
    assertThat(same(NAME, "ara", one, other)).isFalse();
  }

  @ParameterizedTest(name = "\"{0}\" is \"{1}\"")
  @CsvSource({
    "السيد محمد علي,محمد علي",
    "السّيّد محمد علي,محمد علي",
    "الســيد محمد علي,محمد علي",
    "السيدة فاطمة الزهراء,فاطمة الزهراء",
    "الانسة هبة,الآنسة هبة",
    "الدكتور أحمد زويل,أحمد زويل",
    "الدُّكتور أحمد زويل,زويل أحمد",
    "د. أحمد,أحمد",
    "د.أحمد,أحمد",
    "د/ أحمد,أحمد",
    "د/أحمد,أحمد",
    "أ. د. أحمد,أحمد",
    "أ.د. أحمد,أحمد",
    "أ.د أحمد,أحمد",
    "ا.د/ أحمد,أحمد",
    "م/ أحمد,م. أحمد",
    "الاستاذ الدكتور أحمد,الأستاذ أحمد",
    "السيد المهندس علي,علي",
    "السيد,السيد",
    "مُحَمَّدٌ,محمد",
    "محمــــد,محمد",
    "عبد الرَّحْمٰن,عبد الرحمن",
    "ﻣﺤﻤﺪ ﷲ,محمد الله",
    "ﻻشين,لاشين",
    "أبو-بكر,أبوبكر",
    "'علي، محمد',محمد علي"
  })
  void arabicNamesThatAreTheSame(String one, String other) {
    assertThat(same(NAME, "ara", one, other)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0x200c, 0x200e, 0x200f, 0x061c, 0x202b, 0x2067, 0x2060, 0xfeff, 0x00ad})
  void signsThatAreNotSeenDoNotCount(int sign) {
    String unseen = Character.toString(sign);
    assertThat(same(NAME, "ara", unseen + "محمد" + unseen + " علي", "محمد علي")).isTrue();
    assertThat(same(ADDRESS, "ara", "شارع" + unseen + " الحسن" + unseen, "شارع الحسن")).isTrue();
    assertThat(same(NAME, "ara", "محمد" + unseen + "علي", "محمد علي")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"أُمَيّة", "آمِنَة", "مُؤْمِن", "رَائِد"})
  void hamzaAndMaddaStayHoweverTheyAreEncoded(String name) {
    String parted = Normalizer.normalize(name, Normalizer.Form.NFD);
    assertThat(same(NAME, "ara", name, parted)).isTrue();
    assertThat(same(NAME, "ara", parted, parted.replaceAll("[\u0653-\u0655]", ""))).isFalse();
  }

  @ParameterizedTest(name = "\"{0}\" is not \"{1}\"")
  @CsvSource({
    "شارع الحسن الثاني,ش الحسن الثاني",
    "شارع الحسن الثاني,الحسن الثاني",
    "عمارة 5,5",
    "شقة ٥,شقة 5",
    "رقم 12,12",
    "السيد علي,علي",
    "حي السلام,السلام"
  })
  void arabicAddressesKeepAllTheirWords(String one, String other) {
    assertThat(same(ADDRESS, "ara", one, other)).isFalse();
  }

  @ParameterizedTest(name = "\"{0}\" is \"{1}\"")
  @CsvSource(
      delimiter = '|',
      value = {
        "شارع الحسن الثاني، رقم ١٢|رقم ١٢ شارع الحسن الثاني",
        "زنقة 5/7 (حي السلام)|حي السلام زنقة 5 7",
        "شَارِع الحَسَن|شـارع الحسن",
        "الدار البيضاء؛ المغرب|المغرب الدار البيضاء",
        "الدار البيضاء Main Street|Mn St الدار البيضاء"
      })
  void arabicAddressesThatAreTheSame(String one, String other) {
    assertThat(same(ADDRESS, "ara", one, other)).isTrue();
  }

  @Test
  void aDeploymentMayFoldMore(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("common.ara.txt"), "[أإآٱ] => \"ا\"\nة => \"ه\"\nى => \"ي\"\n");
    Files.writeString(folder.resolve("words.ara.txt"), "شارع => \"ش\"\n");
    Files.writeString(folder.resolve("titles.ara.txt"), "^الشيخ\n");
    var own = new RuleTextMatcher(TextRules.read(folder), Normalizer.Form.NFKC);
    assertThat(own.matches(NAME, Strategy.EXACT, "ara", "الشيخ أحمد", "احمد")).isTrue();
    assertThat(own.matches(NAME, Strategy.EXACT, "ara", "أحمد الشيخ", "احمد")).isFalse();
    assertThat(own.matches(ADDRESS, Strategy.EXACT, "ara", "شارع فاطمة", "ش فاطمه")).isTrue();
    assertThat(own.matches(NAME, Strategy.EXACT, "ara", "شارع", "ش")).isFalse();
    assertThat(own.matches(NAME, Strategy.EXACT, "fra", "أحمد", "احمد")).isFalse();
  }
}
