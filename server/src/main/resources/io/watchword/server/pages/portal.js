import { mountMobileLogin } from '/demo/js/widget/index.js';

const asked = new URLSearchParams(location.search);
const language = asked.get('language') ?? 'en';
const query = new URLSearchParams();
for (const name of ['type', 'mode', 'language']) {
  if (asked.get(name)) query.set(name, asked.get(name));
}

const login = document.getElementById('login');
login.lang = language;
login.dir = language === 'ar' ? 'rtl' : 'ltr';

// The widget asks for `start` without a query; this page's choices travel with it.
const fetchWithChoices = (url, init) =>
  fetch(url.endsWith('/start') && query.size > 0 ? `${url}?${query}` : url, init);

mountMobileLogin(login, {
  base: '/demo/portal/mobile-login',
  language,
  fetch: fetchWithChoices,
  onDone: ({ redirect }) => location.assign(redirect),
});

document.getElementById('copy').addEventListener('click', async ({ target }) => {
  const state = await (await fetch('/demo/portal/mobile-login/status')).json();
  if (!state.otp) return;
  await navigator.clipboard?.writeText(state.otp);
  target.textContent = 'Copied';
});
