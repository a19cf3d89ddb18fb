const TEXTS = {
  en: {
    label: 'Log in with your phone',
    code: 'Code to scan with the app',
    loading: 'Getting a code…',
    waiting: 'Open the app on your phone and scan this code.',
    waitingTime: 'Valid for {seconds} s',
    scanned: 'Scanned. Now answer in the app.',
    number: 'Scanned. Compare this number with the app:',
    scannedTime: '{seconds} s left to answer',
    finishing: 'Accepted. Logging you in…',
    done: 'You are logged in.',
    denied: 'The request was denied in the app. Nobody was logged in.',
    expired: 'The time to answer is over.',
    failed: 'That did not work.',
    unreachable: 'The server cannot be reached. Try again in a moment.',
    away: 'The connection is lost. Trying again…',
    cancelled: 'The request was cancelled.',
    stopped: 'This code is not valid any more.',
    tryAgain: 'Try again',
    newCode: 'New code',
    cannotScan: 'I cannot scan',
    cancel: 'Cancel',
  },
  fr: {
    label: 'Se connecter avec votre téléphone',
    code: 'Code à scanner avec l’application',
    loading: 'Préparation du code…',
    waiting: 'Ouvrez l’application sur votre téléphone et scannez ce code.',
    waitingTime: 'Valable encore {seconds} s',
    scanned: 'Code scanné. Répondez maintenant dans l’application.',
    number: 'Code scanné. Comparez ce nombre avec l’application :',
    scannedTime: 'Il reste {seconds} s pour répondre',
    finishing: 'Accepté. Connexion en cours…',
    done: 'Vous êtes connecté.',
    denied: 'La demande a été refusée dans l’application. Personne n’a été connecté.',
    expired: 'Le temps de réponse est écoulé.',
    failed: 'Cela n’a pas fonctionné.',
    unreachable: 'Le serveur est injoignable. Réessayez dans un instant.',
    away: 'La connexion est perdue. Nouvelle tentative…',
    cancelled: 'La demande a été annulée.',
    stopped: 'Ce code n’est plus valable.',
    tryAgain: 'Réessayer',
    newCode: 'Nouveau code',
    cannotScan: 'Je ne peux pas scanner',
    cancel: 'Annuler',
  },
  ar: {
    label: 'تسجيل الدخول باستخدام هاتفك',
    code: 'رمز للمسح باستخدام التطبيق',
    loading: 'جارٍ تحضير الرمز…',
    waiting: 'افتح التطبيق على هاتفك وامسح هذا الرمز.',
    waitingTime: 'صالح لمدة {seconds} ث',
    scanned: 'تم مسح الرمز. أجب الآن في التطبيق.',
    number: 'تم مسح الرمز. قارن هذا الرقم بما في التطبيق:',
    scannedTime: 'بقي {seconds} ث للإجابة',
    finishing: 'تم القبول. جارٍ تسجيل دخولك…',
    done: 'تم تسجيل دخولك.',
    denied: 'رُفض الطلب في التطبيق. لم يُسجَّل دخول أحد.',
    expired: 'انتهى وقت الإجابة.',
    failed: 'لم تنجح العملية.',
    unreachable: 'تعذر الوصول إلى الخادم. حاول مرة أخرى بعد قليل.',
    away: 'انقطع الاتصال. جارٍ المحاولة من جديد…',
    cancelled: 'أُلغي الطلب.',
    stopped: 'لم يعد هذا الرمز صالحًا.',
    tryAgain: 'حاول مرة أخرى',
    newCode: 'رمز جديد',
    cannotScan: 'لا أستطيع المسح',
    cancel: 'إلغاء',
  },
};

const RIGHT_TO_LEFT = ['ar', 'fa', 'he', 'ur'];

/**
 * The texts of a language; those that the page gives win.
 *
 * @param {string} language such as `fr` or `fr-CA`
 * @param {Record<string, string>} [own]
 * @returns {{language: string, direction: 'ltr' | 'rtl', texts: Record<string, string>}}
 */
export function textsFor(language, own = {}) {
  const wanted = language.toLowerCase().split('-')[0];
  const isKnown = Object.prototype.hasOwnProperty.call(TEXTS, wanted);
  // Texts of the page's own may be in a language that is not here.
  const spoken = isKnown || Object.keys(own).length > 0 ? wanted : 'en';
  return {
    language: spoken,
    direction: RIGHT_TO_LEFT.includes(spoken) ? 'rtl' : 'ltr',
    texts: { ...TEXTS.en, ...(isKnown && TEXTS[wanted]), ...own },
  };
}
