const who = document.getElementById('who');
const answer = await fetch('/demo/portal/me');
if (answer.ok) {
  who.textContent = `You are logged in as ${(await answer.json()).user}.`;
} else {
  location.assign('/demo/portal');
}

document.getElementById('out').addEventListener('click', async () => {
  await fetch('/demo/portal/log-out', { method: 'POST' });
  location.assign('/demo/portal');
});
